using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeSlim.Provenance;

/// <summary>Writes how an image came to be, as an in-toto statement. The same build gives the same bytes.</summary>
public static class ProvenanceWriter
{
    /// <summary>What such a statement states.</summary>
    public const string PredicateType = "https://slsa.dev/provenance/v1";

    /// <summary>What kind of build it is: what the parameters mean is in <c>docs/provenance.md</c>.</summary>
    public const string BuildType = "https://edgeslim.dev/edge-image/v1";

    /// <summary>Writes it.</summary>
    /// <param name="request">What is known.</param>
    /// <returns>The statement, as JSON.</returns>
    public static byte[] Write(ProvenanceRequest request)
    {
        ProvenanceStatement statement = new()
        {
            Subject = [Materials.Of(request.Digest) with { Name = request.Repository }],
            Predicate = new ProvenancePredicate(
                new BuildDefinition
                {
                    BuildType = BuildType,
                    ExternalParameters = new ExternalParameters(request.Project, Sorted(request.Properties)),
                    ResolvedDependencies = [.. Materials.Of(request)],
                },
                new RunDetails(
                    new Builder(request.BuilderId, Sorted(request.Tools)),
                    request.Documents.Count == 0
                        ? null
                        : [.. request.Documents.OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => Materials.Of(d.Digest) with { Name = d.Name })])),
        };
        return [.. JsonSerializer.SerializeToUtf8Bytes(statement, ProvenanceJson.Documents.ProvenanceStatement), (byte)'\n'];
    }

    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> values) =>
        new(values.Where(v => v.Value.Length > 0).ToDictionary(v => v.Key, v => v.Value), StringComparer.Ordinal);
}

/// <summary>How statements are written.</summary>
[JsonSerializable(typeof(ProvenanceStatement))]
internal sealed partial class ProvenanceJson : JsonSerializerContext
{
    public static ProvenanceJson Documents { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
