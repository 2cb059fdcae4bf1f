using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeSlim.Bases;
using EdgeSlim.Publishing;

namespace EdgeSlim.Composition;

/// <summary>How the stages leave what they learned for the stages after them.</summary>
[JsonSerializable(typeof(ImagePlan))]
[JsonSerializable(typeof(Payload))]
[JsonSerializable(typeof(BaseImage))]
[JsonSerializable(typeof(BaseChoice))]
[JsonSerializable(typeof(BaseContents))]
[JsonSerializable(typeof(IReadOnlyList<RememberedAnswer>))]
internal sealed partial class PlanJson : JsonSerializerContext
{
    public static PlanJson Documents { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
