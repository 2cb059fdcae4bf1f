using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Modes;

/// <summary>Reads the types that signatures and attributes of an assembly name.</summary>
/// <param name="metadata">The assembly's metadata.</param>
/// <param name="assembly">Its simple name.</param>
internal sealed class ClrTypeReader(MetadataReader metadata, string assembly)
    : ISignatureTypeProvider<ClrType, object?>, ICustomAttributeTypeProvider<ClrType>
{
    private readonly Dictionary<int, ClrType> _known = [];

    /// <summary>The type that a definition, a reference or a specification stands for.</summary>
    public ClrType Of(EntityHandle type)
    {
        int token = MetadataTokens.GetToken(type);
        if (!_known.TryGetValue(token, out ClrType? known))
        {
            known = type.Kind switch
            {
                HandleKind.TypeDefinition => ClrType.Named(assembly, NameOf((TypeDefinitionHandle)type)),
                HandleKind.TypeReference => Read((TypeReferenceHandle)type, TypeNames.MaxDepth) ?? ClrType.Other,
                HandleKind.TypeSpecification => Read(metadata.GetTypeSpecification((TypeSpecificationHandle)type)),
                _ => ClrType.Other,
            };
            _known.Add(token, known);
        }

        return known;
    }

    /// <summary>The full name of a type; a nested type follows its own after a slash.</summary>
    public string NameOf(TypeDefinitionHandle type) => NameOf(metadata.GetTypeDefinition(type), TypeNames.MaxDepth);

    public MethodSignature<ClrType> SignatureOf(MethodDefinition method) => Sound(method.Signature, () => method.DecodeSignature(this, null));

    public MethodSignature<ClrType> SignatureOf(MemberReference method) => Sound(method.Signature, () => method.DecodeMethodSignature(this, null));

    public MethodSignature<ClrType> SignatureOf(PropertyDefinition property) => Sound(property.Signature, () => property.DecodeSignature(this, null));

    public MethodSignature<ClrType> SignatureOf(StandaloneSignature method) => Sound(method.Signature, () => method.DecodeMethodSignature(this, null));

    public ClrType TypeOf(FieldDefinition field) => Sound(field.Signature, () => field.DecodeSignature(this, null));

    public ClrType TypeOf(MemberReference field) => Sound(field.Signature, () => field.DecodeFieldSignature(this, null));

    public ImmutableArray<ClrType> LocalsOf(StandaloneSignature locals) => Sound(locals.Signature, () => locals.DecodeLocalSignature(this, null));

    public ImmutableArray<ClrType> ArgumentsOf(MethodSpecification method) => Sound(method.Signature, () => method.DecodeSignature(this, null));

    public ClrType GetPrimitiveType(PrimitiveTypeCode typeCode) => ClrType.Named("", "System." + typeCode);

    public ClrType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Of(handle);

    public ClrType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Of(handle);

    // No compiler writes one in another, and a damaged file may have one in itself.
    public ClrType GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        ClrType.Other;

    public ClrType GetGenericInstantiation(ClrType genericType, ImmutableArray<ClrType> typeArguments) => genericType.Of(typeArguments);

    public ClrType GetGenericTypeParameter(object? genericContext, int index) => ClrType.Parameter(ClrTypeKind.TypeParameter, index);

    public ClrType GetGenericMethodParameter(object? genericContext, int index) => ClrType.Parameter(ClrTypeKind.MethodParameter, index);

    public ClrType GetSZArrayType(ClrType elementType) => ClrType.ArrayOf(elementType);

    public ClrType GetArrayType(ClrType elementType, ArrayShape shape) => ClrType.ArrayOf(elementType, shape.Rank);

    public ClrType GetModifiedType(ClrType modifier, ClrType unmodifiedType, bool isRequired) => unmodifiedType;

    public ClrType GetPinnedType(ClrType elementType) => elementType;

    public ClrType GetByReferenceType(ClrType elementType) => ClrType.Named("", "&").Of([elementType]);

    public ClrType GetPointerType(ClrType elementType) => ClrType.Named("", "*").Of([elementType]);

    public ClrType GetFunctionPointerType(MethodSignature<ClrType> signature) => ClrType.Other;

    public ClrType GetSystemType() => ClrType.Named("", "System.Type");

    public bool IsSystemType(ClrType type) => type.Name == "System.Type";

    public PrimitiveTypeCode GetUnderlyingEnumType(ClrType type) => PrimitiveTypeCode.Int32;

    public ClrType GetTypeFromSerializedName(string name) =>
        System.Reflection.Metadata.TypeName.TryParse(name, out System.Reflection.Metadata.TypeName? parsed) ? Read(parsed) : ClrType.Other;

    private T Sound<T>(BlobHandle signature, Func<T> decode)
    {
        SignatureCheck.Signature(metadata.GetBlobReader(signature));
        return decode();
    }

    private ClrType Read(TypeSpecification type)
    {
        SignatureCheck.Type(metadata.GetBlobReader(type.Signature));
        return type.DecodeSignature(this, null);
    }

    private ClrType Read(System.Reflection.Metadata.TypeName name)
    {
        if (name.IsArray)
        {
            return ClrType.ArrayOf(Read(name.GetElementType()), name.GetArrayRank());
        }

        if (name.IsConstructedGenericType)
        {
            return Read(name.GetGenericTypeDefinition()).Of([.. name.GetGenericArguments().Select(Read)]);
        }

        return name.IsSimple
            ? ClrType.Named(name.AssemblyName?.Name ?? assembly, name.FullName.Replace('+', '/'))
            : ClrType.Other;
    }

    private ClrType? Read(TypeReferenceHandle handle, int depth)
    {
        TypeReference reference = metadata.GetTypeReference(handle);
        string name = Join(metadata.GetString(reference.Namespace), metadata.GetString(reference.Name));
        return reference.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => depth > 0 && Read((TypeReferenceHandle)reference.ResolutionScope, depth - 1) is ClrType outer
                ? ClrType.Named(outer.Assembly, $"{outer.Name}/{name}")
                : null,
            HandleKind.AssemblyReference => ClrType.Named(
                metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name), name),
            _ => ClrType.Named(assembly, name),
        };
    }

    private string NameOf(TypeDefinition type, int depth)
    {
        string name = metadata.GetString(type.Name);
        return depth > 0 && type.GetDeclaringType() is { IsNil: false } outer
            ? $"{NameOf(metadata.GetTypeDefinition(outer), depth - 1)}/{name}"
            : Join(metadata.GetString(type.Namespace), name);
    }

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
