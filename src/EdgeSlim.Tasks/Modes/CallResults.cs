using System.Reflection;
using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>What is known of what calls give.</summary>
/// <param name="assemblies">The assemblies that are called.</param>
/// <param name="guards">The properties that are false when something is switched off.</param>
internal sealed class CallResults(CodeAssemblies assemblies, FeatureGuards guards)
{
    private readonly Dictionary<CodeMethod, int> _kept = [];

    /// <summary>What a call gives.</summary>
    /// <param name="target">What is called.</param>
    /// <param name="arguments">What it is given, <c>this</c> included.</param>
    /// <param name="worlds">What is switched off.</param>
    public AbstractValue Of(CallTarget target, IReadOnlyList<AbstractValue> arguments, Worlds worlds)
    {
        if (target.IsConstructor)
        {
            return Made(target, arguments);
        }

        if ((guards.FalseIn(target) & worlds) == worlds)
        {
            return new NumberValue(0);
        }

        return (target.Type, target.Name) switch
        {
            ("System.Type", "GetTypeFromHandle") => arguments is [TypeValue type] ? type : AbstractValue.Lost,
            ("System.Object", "GetType") => arguments is [SourceValue of] ? TypeOf(of) : AbstractValue.Lost,
            ("System.Reflection.MethodBase", "GetMethodFromHandle") or ("System.Reflection.FieldInfo", "GetFieldFromHandle") => AbstractValue.Member,
            ("System.Type", "GetMethod") => arguments is [TypeValue, TextValue, ..] ? AbstractValue.Member : AbstractValue.Lost,
            ("System.Type", "GetType" or "MakeGenericType" or "MakeArrayType") => AbstractValue.Lost,
            ("System.Type", "get_BaseType") => arguments is [SourceValue { KeptMembers: 0 }] ? Returned(target) : AbstractValue.Lost,
            ("System.Type", "get_UnderlyingSystemType") or ("System.Reflection.TypeInfo", "AsType")
                or ("System.Reflection.IntrospectionExtensions", "GetTypeInfo") or ("System.Nullable", "GetUnderlyingType") => arguments[0],
            (EndpointCalls.Extensions, "MapGroup") => RoutePrefixes.Group(arguments),
            _ => RoutePrefixes.PassedOn(target, arguments) ?? Returned(target),
        };
    }

    // An object of a sealed type is of that type and of no other.
    private AbstractValue TypeOf(SourceValue value)
    {
        if (value.Source == ValueSource.Hoisted && value.Type.Kind != ClrTypeKind.Named)
        {
            return AbstractValue.Lost;
        }

        if (assemblies.Find(value.Type) is not CodeType type)
        {
            return value.Type.Kind == ClrTypeKind.Named || value.Type.Kind == ClrTypeKind.Array
                ? AbstractValue.Lost
                : new SourceValue(ValueSource.Return, 0, ClrType.Named("", "System.Type"), 0);
        }

        return type.Definition.Attributes.HasFlag(TypeAttributes.Sealed)
            ? new TypeValue(value.Type)
            : new SourceValue(ValueSource.Return, 0, ClrType.Named("", "System.Type"), assemblies.WithBases(type)
                .Aggregate(0, (all, t) => all | CodeAttributes.KeptMembers(t.Assembly, t.Definition.GetCustomAttributes())));
    }

    private static AbstractValue Made(CallTarget target, IReadOnlyList<AbstractValue> arguments)
    {
        if (arguments is [_, FunctionValue function])
        {
            return function;
        }

        // How C# makes a list out of a collection expression.
        if (target.Type.StartsWith("<>z__ReadOnly", StringComparison.Ordinal) && arguments is [var content])
        {
            if (content is TextValue text)
            {
                TextListValue list = new();
                list.Texts.Add(text.Text);
                return list;
            }

            return content;
        }

        return AbstractValue.Lost;
    }

    private AbstractValue Returned(CallTarget target)
    {
        if (target.Definition is not CodeMethod method)
        {
            return AbstractValue.Lost;
        }

        if (!_kept.TryGetValue(method, out int kept))
        {
            kept = CodeAttributes.KeptMembers(method.Assembly, MemberProperties.AttributesOf(method));
            foreach (Parameter parameter in method.Definition.GetParameters().Select(method.Assembly.Metadata.GetParameter))
            {
                if (parameter.SequenceNumber == 0)
                {
                    kept |= CodeAttributes.KeptMembers(method.Assembly, parameter.GetCustomAttributes());
                }
            }

            _kept.Add(method, kept);
        }

        return new SourceValue(ValueSource.Return, 0, target.Signature.ReturnType, kept);
    }
}
