using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeSlim.Oci;

/// <summary>
/// Reads and writes OCI documents. Fields come out in the order in which the types declare them and null fields are
/// left out, so the same record always gives the same bytes, and thus the same digest.
/// </summary>
[JsonSerializable(typeof(ImageManifest))]
[JsonSerializable(typeof(ImageIndex))]
[JsonSerializable(typeof(ImageConfig))]
internal sealed partial class OciJson : JsonSerializerContext
{
    public static OciJson Documents { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        // Leaves '+' and non-ASCII text as they are: other tools show these documents to people.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
