using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>Finds types that are not known when the program is compiled, where code asks for what is in them.</summary>
/// <param name="excuses">Where a warning does not count.</param>
internal sealed class ReflectionRule(Excuses excuses)
{
    private const string Message = "The type is not known when the app is compiled.";

    private readonly Dictionary<CodeMethod, IReadOnlyList<int>> _asked = [];
    private readonly Dictionary<CodeMethod, IReadOnlyList<int>> _askedOfGenerics = [];

    /// <summary>The problem of a call; null where it has none.</summary>
    public Problem? Of(CallSite site) =>
        !site.Worlds.HasFlag(Worlds.Trimmed) || site.Target.Definition is not CodeMethod method || CodeOf(site, method) is not string code
        || excuses.Cover(site.Caller, code)
            ? null
            : new Problem(ModeNeed.UnreferencedCode, code, site.Target.Shown, Message);

    private string? CodeOf(CallSite site, CodeMethod method)
    {
        if (NamesType(site.Target))
        {
            return site.Arguments.Any(a => a is SourceValue { Type.Name: "System.String", Source: not ValueSource.Hoisted, KeptMembers: 0 }) ? "IL2057" : null;
        }

        IReadOnlyList<int> asked = Asked(method);
        for (int i = 0; i < asked.Count && i < site.Arguments.Count; i++)
        {
            // The first that is asked for is this, where the method has it.
            bool isThis = i == 0 && site.Target.IsInstance && !site.Target.IsConstructor;
            if (asked[i] != 0 && CodeOf(site.Caller, site.Arguments[i], asked[i], isThis) is string code)
            {
                return code;
            }
        }

        IReadOnlyList<int> ofGenerics = site.Target.Arguments.Count == 0 ? [] : AskedOfGenerics(method);
        return ofGenerics.Zip(site.Target.Arguments).Any(p => p.First != 0 && IsUnkept(site.Caller, p.Second, p.First)) ? "IL2091" : null;
    }

    private static string? CodeOf(CodeMethod caller, AbstractValue value, int asked, bool isThis) => value switch
    {
        TypeValue type => !IsUnkept(caller, type.Type, asked) ? null : isThis ? "IL2090" : "IL2087",
        SourceValue { IsOfType: true } source when (asked & ~source.KeptMembers) != 0 => source.Source switch
        {
            ValueSource.Parameter => isThis ? "IL2070" : "IL2067",
            ValueSource.Return => isThis ? "IL2075" : "IL2072",
            ValueSource.Field => isThis ? "IL2080" : "IL2077",
            _ => null,
        },
        _ => null,
    };

    private static bool NamesType(CallTarget target) =>
        target.Signature.ParameterTypes is [{ Name: "System.String" }, ..]
        && (target.Is("System.Type", "GetType") || target.Is("System.Activator", "CreateInstance"));

    // Of what a compiler made out of a generic method it is not known what the method says of its parameters.
    private static bool IsUnkept(CodeMethod caller, ClrType type, int asked)
    {
        if (type.Kind is not (ClrTypeKind.TypeParameter or ClrTypeKind.MethodParameter)
            || UserMember.IsGenerated(caller.Name) || UserMember.IsGenerated(caller.DeclaringType.Name))
        {
            return false;
        }

        GenericParameterHandleCollection parameters = type.Kind == ClrTypeKind.MethodParameter
            ? caller.Definition.GetGenericParameters()
            : caller.DeclaringType.Definition.GetGenericParameters();
        return type.Number < parameters.Count && (asked & ~Kept(caller.Assembly, parameters[type.Number])) != 0;
    }

    // What is kept of a type with a constructor that takes nothing is that constructor, as the constraint says.
    private static int Kept(CodeAssembly assembly, GenericParameterHandle handle)
    {
        GenericParameter parameter = assembly.Metadata.GetGenericParameter(handle);
        int constructor = parameter.Attributes.HasFlag(System.Reflection.GenericParameterAttributes.DefaultConstructorConstraint)
            ? (int)System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicParameterlessConstructor
            : 0;
        return constructor | CodeAttributes.KeptMembers(assembly, parameter.GetCustomAttributes());
    }

    private IReadOnlyList<int> AskedOfGenerics(CodeMethod method)
    {
        if (!_askedOfGenerics.TryGetValue(method, out IReadOnlyList<int>? asked))
        {
            asked = [.. method.Definition.GetGenericParameters().Select(p => CodeAttributes.KeptMembers(
                method.Assembly, method.Assembly.Metadata.GetGenericParameter(p).GetCustomAttributes()))];
            _askedOfGenerics.Add(method, asked);
        }

        return asked;
    }

    private IReadOnlyList<int> Asked(CodeMethod method)
    {
        if (!_asked.TryGetValue(method, out IReadOnlyList<int>? asked))
        {
            asked = ReadAsked(method);
            _asked.Add(method, asked);
        }

        return asked;
    }

    private static int[] ReadAsked(CodeMethod method)
    {
        CodeAssembly assembly = method.Assembly;
        SignatureHeader header = assembly.Metadata.GetBlobReader(method.Definition.Signature).ReadSignatureHeader();
        int first = header.IsInstance && method.Name != CallTarget.Constructor ? 1 : 0;
        List<int> asked = [];
        void Put(int index, int members)
        {
            while (asked.Count <= index)
            {
                asked.Add(0);
            }

            asked[index] = members;
        }

        if (first == 1)
        {
            Put(0, CodeAttributes.KeptMembers(assembly, method.Definition.GetCustomAttributes())
                & (method.DeclaringType.Name is "System.Type" or "System.Reflection.TypeInfo" ? -1 : 0));
        }

        foreach (Parameter parameter in method.Definition.GetParameters().Select(assembly.Metadata.GetParameter))
        {
            if (parameter.SequenceNumber > 0)
            {
                Put(first + parameter.SequenceNumber - 1, CodeAttributes.KeptMembers(assembly, parameter.GetCustomAttributes()));
            }
        }

        return [.. asked];
    }
}
