using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace EdgeSlim.Bases.Needs;

/// <summary>The names of the types that the references of an assembly are to.</summary>
/// <param name="metadata">The assembly's metadata.</param>
internal sealed class TypeNames(MetadataReader metadata)
{
    /// <summary>Deeper than any compiler nests types; a damaged file may nest one in itself.</summary>
    public const int MaxDepth = 64;

    private readonly Dictionary<int, TypeName?> _known = [];

    /// <summary>The type that a reference is to; null where it is not to a type of another assembly.</summary>
    public TypeName? Of(EntityHandle type)
    {
        int token = MetadataTokens.GetToken(type);
        if (!_known.TryGetValue(token, out TypeName? name))
        {
            name = Read(type, MaxDepth);
            _known.Add(token, name);
        }

        return name;
    }

    private TypeName? Read(EntityHandle type, int depth) => depth == 0 ? null : type.Kind switch
    {
        HandleKind.TypeReference => Read(metadata.GetTypeReference((TypeReferenceHandle)type), depth),
        HandleKind.TypeSpecification => Read(Generic((TypeSpecificationHandle)type), depth - 1),
        _ => null,
    };

    private TypeName? Read(TypeReference reference, int depth)
    {
        string name = metadata.GetString(reference.Name);
        switch (reference.ResolutionScope.Kind)
        {
            case HandleKind.TypeReference:
                return Read(reference.ResolutionScope, depth - 1) is TypeName outer
                    ? outer with { FullName = $"{outer.FullName}/{name}" }
                    : null;
            case HandleKind.AssemblyReference:
                string space = metadata.GetString(reference.Namespace);
                AssemblyReference assembly = metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope);
                return new TypeName(metadata.GetString(assembly.Name), space.Length == 0 ? name : $"{space}.{name}");
            default:
                return null;
        }
    }

    // ECMA-335 II.23.2.14: GENERICINST (CLASS | VALUETYPE) TypeDefOrRef ...
    private EntityHandle Generic(TypeSpecificationHandle type)
    {
        BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification(type).Signature);
        if (signature.Length < 3 || signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return default;
        }

        signature.ReadByte();
        return signature.ReadTypeHandle();
    }
}

/// <summary>The name of a type.</summary>
/// <param name="Assembly">The simple name of the assembly that is said to have it.</param>
/// <param name="FullName">Its name with its namespace; a nested type follows its own after a slash.</param>
internal sealed record TypeName(string Assembly, string FullName);
