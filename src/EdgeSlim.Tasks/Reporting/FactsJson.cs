using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Delivery;
using EdgeSlim.LinkChecks;
using EdgeSlim.Profiles;
using EdgeSlim.Modes;
using EdgeSlim.Publishing;
using EdgeSlim.Settings;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Stress;

namespace EdgeSlim.Reporting;

/// <summary>How facts are written.</summary>
[JsonSerializable(typeof(Facts))]
[JsonSerializable(typeof(IndexFacts))]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(TrialResult))]
[JsonSerializable(typeof(TrialRecord))]
[JsonSerializable(typeof(StressReport))]
[JsonSerializable(typeof(ImageLimits))]
[JsonSerializable(typeof(ProfileResult))]
[JsonSerializable(typeof(IReadOnlyList<StartPoint>))]
[JsonSerializable(typeof(IReadOnlyList<Delivered>))]
[JsonSerializable(typeof(ApplicationNeeds))]
[JsonSerializable(typeof(ModeAdvice))]
[JsonSerializable(typeof(ModeChoice))]
[JsonSerializable(typeof(IReadOnlyList<ModuleFacts>))]
[JsonSerializable(typeof(ApplicationConfiguration))]
internal sealed partial class FactsJson : JsonSerializerContext
{
    public static FactsJson Documents { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    });
}
