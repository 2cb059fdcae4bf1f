using System.Text.Json.Serialization;

namespace EdgeSlim.Scanning;

/// <summary>A SARIF 2.1.0 log, as it is written.</summary>
internal sealed record SarifLog([property: JsonPropertyOrder(2)] IReadOnlyList<SarifRun> Runs)
{
    [JsonPropertyName("$schema")]
    public string Schema { get; init; } = "https://json.schemastore.org/sarif-2.1.0.json";

    public string Version { get; init; } = "2.1.0";
}

/// <summary>A run of a tool.</summary>
internal sealed record SarifRun(SarifTool Tool, IReadOnlyList<SarifResult> Results);

/// <summary>A tool.</summary>
internal sealed record SarifTool(SarifDriver Driver);

/// <summary>What of a tool did the work.</summary>
internal sealed record SarifDriver(string Name, IReadOnlyList<SarifRule> Rules);

/// <summary>A kind of result: here, a vulnerability.</summary>
internal sealed record SarifRule(string Id, SarifText ShortDescription, string? HelpUri);

/// <summary>A text.</summary>
internal sealed record SarifText(string Text);

/// <summary>A result.</summary>
internal sealed record SarifResult(
    string RuleId, string Level, SarifText Message, IReadOnlyList<SarifLocation> Locations, IReadOnlyList<SarifSuppression>? Suppressions);

/// <summary>Where a result is.</summary>
internal sealed record SarifLocation(SarifPhysicalLocation PhysicalLocation);

/// <summary>A place in a file.</summary>
internal sealed record SarifPhysicalLocation(SarifArtifact ArtifactLocation);

/// <summary>A file.</summary>
internal sealed record SarifArtifact(string Uri);

/// <summary>Why a result does not count.</summary>
internal sealed record SarifSuppression(string Kind, string Justification);
