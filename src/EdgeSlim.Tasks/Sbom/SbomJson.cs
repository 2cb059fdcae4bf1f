using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeSlim.Sbom;

/// <summary>How inventories and documents are written.</summary>
[JsonSerializable(typeof(Inventory))]
[JsonSerializable(typeof(CycloneDxDocument))]
[JsonSerializable(typeof(SpdxDocument))]
internal sealed partial class SbomJson : JsonSerializerContext
{
    public static SbomJson Indented { get; } = new(Words(isIndented: true));

    public static SbomJson Lean { get; } = new(Words(isIndented: false));

    private static JsonSerializerOptions Words(bool isIndented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = isIndented,
    };
}
