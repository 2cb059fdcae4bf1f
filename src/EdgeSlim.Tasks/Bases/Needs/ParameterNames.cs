using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace EdgeSlim.Bases.Needs;

/// <summary>Writes the types of a signature by their names: <c>String</c>, <c>System.StringComparison</c>.</summary>
/// <param name="types">The names of the referenced types.</param>
internal sealed class ParameterNames(TypeNames types) : ISignatureTypeProvider<string, object?>
{
    public const string StringComparison = "System.StringComparison";

    // What no rule asks for.
    private const string Other = "";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        types.Of(handle)?.FullName ?? Other;

    public string GetArrayType(string elementType, ArrayShape shape) => Other;

    public string GetByReferenceType(string elementType) => Other;

    public string GetFunctionPointerType(MethodSignature<string> signature) => Other;

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => Other;

    public string GetGenericMethodParameter(object? genericContext, int index) => Other;

    public string GetGenericTypeParameter(object? genericContext, int index) => Other;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetPinnedType(string elementType) => Other;

    public string GetPointerType(string elementType) => Other;

    public string GetSZArrayType(string elementType) => Other;

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Other;

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Other;
}
