using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeSlim.Scanning;

/// <summary>How scans are written.</summary>
[JsonSerializable(typeof(Scan))]
[JsonSerializable(typeof(ScanReport))]
[JsonSerializable(typeof(SarifLog))]
internal sealed partial class ScanJson : JsonSerializerContext
{
    public static ScanJson Documents { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
