using System.Collections.Immutable;
using System.Reflection.Metadata;
using EdgeSlim.Bases.Needs;
using TypeName = EdgeSlim.Bases.Needs.TypeName;

namespace EdgeSlim.Reporting.Reasons;

/// <summary>The types that a type, a method or an instance of a generic one names; nested ones by the type that they are in.</summary>
/// <param name="metadata">The assembly's metadata.</param>
internal sealed class SignatureTypes(MetadataReader metadata)
    : ISignatureTypeProvider<ImmutableArray<TypeName>, object?>
{
    private readonly string _assembly = metadata.GetString(metadata.GetAssemblyDefinition().Name);
    private readonly TypeNames _references = new(metadata);
    private readonly Dictionary<EntityHandle, ImmutableArray<TypeName>> _known = [];

    /// <summary>The types that are named.</summary>
    public ImmutableArray<TypeName> In(EntityHandle handle)
    {
        if (!_known.TryGetValue(handle, out ImmutableArray<TypeName> types))
        {
            types = Read(handle);
            _known.Add(handle, types);
        }

        return types;
    }

    /// <summary>A type of this assembly, or the one that it is nested in.</summary>
    public TypeName NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        for (int depth = 0; depth < TypeNames.MaxDepth && type.GetDeclaringType() is { IsNil: false } outer; depth++)
        {
            type = metadata.GetTypeDefinition(outer);
        }

        string space = metadata.GetString(type.Namespace);
        string name = metadata.GetString(type.Name);
        return new TypeName(_assembly, space.Length == 0 ? name : $"{space}.{name}");
    }

    public ImmutableArray<TypeName> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [NameOf(handle)];

    public ImmutableArray<TypeName> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        _references.Of(handle) is TypeName name ? [name with { FullName = name.FullName.Split('/')[0] }] : [];

    public ImmutableArray<TypeName> GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableArray<TypeName> GetGenericInstantiation(
        ImmutableArray<TypeName> genericType, ImmutableArray<ImmutableArray<TypeName>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(a => a)];

    public ImmutableArray<TypeName> GetFunctionPointerType(MethodSignature<ImmutableArray<TypeName>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(p => p)];

    public ImmutableArray<TypeName> GetModifiedType(
        ImmutableArray<TypeName> modifier, ImmutableArray<TypeName> unmodifiedType, bool isRequired) => unmodifiedType;

    public ImmutableArray<TypeName> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public ImmutableArray<TypeName> GetArrayType(ImmutableArray<TypeName> elementType, ArrayShape shape) => elementType;

    public ImmutableArray<TypeName> GetByReferenceType(ImmutableArray<TypeName> elementType) => elementType;

    public ImmutableArray<TypeName> GetGenericMethodParameter(object? genericContext, int index) => [];

    public ImmutableArray<TypeName> GetGenericTypeParameter(object? genericContext, int index) => [];

    public ImmutableArray<TypeName> GetPinnedType(ImmutableArray<TypeName> elementType) => elementType;

    public ImmutableArray<TypeName> GetPointerType(ImmutableArray<TypeName> elementType) => elementType;

    public ImmutableArray<TypeName> GetSZArrayType(ImmutableArray<TypeName> elementType) => elementType;

    private ImmutableArray<TypeName> Read(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return [];
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return [NameOf((TypeDefinitionHandle)handle)];
            case HandleKind.TypeReference:
                return GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0);
            case HandleKind.TypeSpecification:
                return GetTypeFromSpecification(metadata, null, (TypeSpecificationHandle)handle, 0);
            case HandleKind.MethodDefinition:
                return [NameOf(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())];
            case HandleKind.MemberReference:
                return In(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
            case HandleKind.MethodSpecification:
                MethodSpecification method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return [.. In(method.Method), .. method.DecodeSignature(this, null).SelectMany(t => t)];
            default:
                return [];
        }
    }
}
