using System.Reflection.Metadata;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Modes;

/// <summary>The attributes of what an assembly defines.</summary>
internal static class CodeAttributes
{
    private const string CodeAnalysis = "System.Diagnostics.CodeAnalysis";

    /// <summary>The attributes of the given type that something has.</summary>
    public static IEnumerable<CustomAttribute> Of(CodeAssembly assembly, CustomAttributeHandleCollection? attributes, string space, string name)
    {
        if (attributes is not { Count: > 0 } present)
        {
            yield break;
        }

        foreach (CustomAttributeHandle handle in present)
        {
            CustomAttribute attribute = assembly.Metadata.GetCustomAttribute(handle);
            if (Is(assembly.Metadata, attribute, space, name))
            {
                yield return attribute;
            }
        }
    }

    /// <summary>The attributes of the given type in the namespace of the analysis.</summary>
    public static IEnumerable<CustomAttribute> OfAnalysis(CodeAssembly assembly, CustomAttributeHandleCollection? attributes, string name) =>
        Of(assembly, attributes, CodeAnalysis, name);

    /// <summary>What an attribute was given; null where that cannot be read.</summary>
    public static CustomAttributeValue<ClrType>? Read(CodeAssembly assembly, CustomAttribute attribute)
    {
        try
        {
            return attribute.DecodeValue(assembly.Types);
        }
        catch (Exception e) when (AssemblyImage.IsDamage(e))
        {
            return null;
        }
    }

    /// <summary>The arguments of an attribute's constructor; none where they cannot be read.</summary>
    public static IReadOnlyList<object?> Arguments(CodeAssembly assembly, CustomAttribute attribute) =>
        Read(assembly, attribute) is { } value ? [.. value.FixedArguments.Select(a => a.Value)] : [];

    /// <summary>The first argument of an attribute's constructor, where it is a text.</summary>
    public static string? Text(CodeAssembly assembly, CustomAttribute attribute) =>
        Arguments(assembly, attribute) is [string text, ..] ? text : null;

    /// <summary>The members that <c>DynamicallyAccessedMembers</c> keeps; 0 where it is not there.</summary>
    public static int KeptMembers(CodeAssembly assembly, CustomAttributeHandleCollection? attributes)
    {
        int members = 0;
        foreach (CustomAttribute attribute in OfAnalysis(assembly, attributes, "DynamicallyAccessedMembersAttribute"))
        {
            members |= Arguments(assembly, attribute) is [int value, ..] ? value : 0;
        }

        return members;
    }

    private static bool Is(MetadataReader metadata, CustomAttribute attribute, string space, string name)
    {
        MetadataStringComparer comparer = metadata.StringComparer;
        EntityHandle type = attribute.Constructor.Kind switch
        {
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent,
            HandleKind.MethodDefinition => metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType(),
            _ => default,
        };
        if (type.IsNil)
        {
            return false;
        }

        switch (type.Kind)
        {
            case HandleKind.TypeReference:
                TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)type);
                return comparer.Equals(reference.Name, name) && comparer.Equals(reference.Namespace, space);
            case HandleKind.TypeDefinition:
                TypeDefinition definition = metadata.GetTypeDefinition((TypeDefinitionHandle)type);
                return comparer.Equals(definition.Name, name) && comparer.Equals(definition.Namespace, space);
            default:
                return false;
        }
    }
}
