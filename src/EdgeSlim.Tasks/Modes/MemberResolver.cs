using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace EdgeSlim.Modes;

/// <summary>Finds the definitions that the tokens in IL stand for.</summary>
/// <param name="assemblies">The assemblies to look in.</param>
internal sealed class MemberResolver(CodeAssemblies assemblies)
{
    private readonly Dictionary<CodeAssembly, Dictionary<int, CallTarget?>> _known = [];

    /// <summary>The method that a token stands for; null where it stands for none.</summary>
    public CallTarget? Method(CodeAssembly assembly, EntityHandle token)
    {
        if (!_known.TryGetValue(assembly, out Dictionary<int, CallTarget?>? known))
        {
            known = [];
            _known.Add(assembly, known);
        }

        int number = MetadataTokens.GetToken(token);
        if (!known.TryGetValue(number, out CallTarget? target))
        {
            target = token.Kind switch
            {
                HandleKind.MethodDefinition => Defined(assembly, (MethodDefinitionHandle)token),
                HandleKind.MemberReference => Referenced(assembly, (MemberReferenceHandle)token),
                HandleKind.MethodSpecification => Instance(assembly, (MethodSpecificationHandle)token),
                _ => null,
            };
            known.Add(number, target);
        }

        return target;
    }

    /// <summary>A field's name, its type, and where it is defined.</summary>
    public FieldTarget? Field(CodeAssembly assembly, EntityHandle token)
    {
        MetadataReader metadata = assembly.Metadata;
        switch (token.Kind)
        {
            case HandleKind.FieldDefinition:
                FieldDefinition own = metadata.GetFieldDefinition((FieldDefinitionHandle)token);
                return Of(assembly, own, assembly.Types.Of(own.GetDeclaringType()), assembly.Types.TypeOf(own));
            case HandleKind.MemberReference:
                MemberReference reference = metadata.GetMemberReference((MemberReferenceHandle)token);
                if (reference.GetKind() != MemberReferenceKind.Field)
                {
                    return null;
                }

                ClrType parent = assembly.Types.Of(reference.Parent);
                ClrType type = assembly.Types.TypeOf(reference);
                string name = metadata.GetString(reference.Name);
                if (assemblies.Find(parent) is CodeType declaring)
                {
                    foreach (FieldDefinitionHandle handle in declaring.Definition.GetFields())
                    {
                        FieldDefinition field = declaring.Assembly.Metadata.GetFieldDefinition(handle);
                        if (declaring.Assembly.Metadata.StringComparer.Equals(field.Name, name))
                        {
                            return Of(declaring.Assembly, field, parent, type);
                        }
                    }
                }

                return new FieldTarget(parent, name, type, null);
            default:
                return null;
        }
    }

    private static FieldTarget Of(CodeAssembly assembly, FieldDefinition field, ClrType parent, ClrType type) => new(
        parent,
        assembly.Metadata.GetString(field.Name),
        type,
        CodeAttributes.KeptMembers(assembly, field.GetCustomAttributes()));

    private static CallTarget Defined(CodeAssembly assembly, MethodDefinitionHandle handle)
    {
        MethodDefinition method = assembly.Metadata.GetMethodDefinition(handle);
        return new CallTarget(
            assembly.Types.Of(method.GetDeclaringType()),
            assembly.Metadata.GetString(method.Name),
            assembly.Types.SignatureOf(method),
            [],
            new CodeMethod(assembly, handle));
    }

    private CallTarget? Instance(CodeAssembly assembly, MethodSpecificationHandle handle)
    {
        MethodSpecification instance = assembly.Metadata.GetMethodSpecification(handle);
        return instance.Method.Kind != HandleKind.MethodSpecification && Method(assembly, instance.Method) is CallTarget method
            ? method with { Arguments = assembly.Types.ArgumentsOf(instance) }
            : null;
    }

    private CallTarget? Referenced(CodeAssembly assembly, MemberReferenceHandle handle)
    {
        MemberReference reference = assembly.Metadata.GetMemberReference(handle);
        if (reference.GetKind() != MemberReferenceKind.Method)
        {
            return null;
        }

        if (reference.Parent.Kind == HandleKind.MethodDefinition)
        {
            return Defined(assembly, (MethodDefinitionHandle)reference.Parent);
        }

        ClrType parent = assembly.Types.Of(reference.Parent);
        string name = assembly.Metadata.GetString(reference.Name);
        MethodSignature<ClrType> signature = assembly.Types.SignatureOf(reference);
        return new CallTarget(parent, name, signature, [], Definition(parent, name, signature));
    }

    private CodeMethod? Definition(ClrType parent, string name, MethodSignature<ClrType> signature)
    {
        if (assemblies.Find(parent) is not CodeType type)
        {
            return null;
        }

        IEnumerable<CodeType> types = name == CallTarget.Constructor ? [type] : assemblies.WithBases(type);
        return types.Select(t => DefinitionIn(t, name, signature)).FirstOrDefault(m => m is not null);
    }

    private static CodeMethod? DefinitionIn(CodeType type, string name, MethodSignature<ClrType> signature)
    {
        MetadataReader metadata = type.Assembly.Metadata;
        List<CodeMethod> candidates = [];
        foreach (MethodDefinitionHandle handle in type.Definition.GetMethods())
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (metadata.StringComparer.Equals(method.Name, name))
            {
                candidates.Add(new CodeMethod(type.Assembly, handle));
            }
        }

        return candidates.Find(c => IsSame(type.Assembly.Types.SignatureOf(c.Definition), signature));
    }

    private static bool IsSame(MethodSignature<ClrType> one, MethodSignature<ClrType> other) =>
        one.GenericParameterCount == other.GenericParameterCount
        && one.Header.IsInstance == other.Header.IsInstance
        && one.ParameterTypes.SequenceEqual(other.ParameterTypes)
        && one.ReturnType.Equals(other.ReturnType);
}

/// <summary>A field that code reads.</summary>
/// <param name="DeclaringType">The type that it is of.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="KeptMembers">What is kept of the type that it names; null where its definition is not known.</param>
internal sealed record FieldTarget(ClrType DeclaringType, string Name, ClrType Type, int? KeptMembers);
