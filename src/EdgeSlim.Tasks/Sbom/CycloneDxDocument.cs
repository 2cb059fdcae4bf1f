using System.Text.Json.Serialization;

namespace EdgeSlim.Sbom;

/// <summary>A CycloneDX document, as it is written.</summary>
internal sealed record CycloneDxDocument
{
    public string BomFormat { get; init; } = "CycloneDX";

    public required string SpecVersion { get; init; }

    public string? SerialNumber { get; init; }

    public int Version { get; init; } = 1;

    public required CycloneDxMetadata Metadata { get; init; }

    public required IReadOnlyList<CycloneDxComponent> Components { get; init; }

    public IReadOnlyList<CycloneDxDependency>? Dependencies { get; init; }

    public IReadOnlyList<CycloneDxVulnerability>? Vulnerabilities { get; init; }
}

/// <summary>What a document is about.</summary>
internal sealed record CycloneDxMetadata(CycloneDxComponent Component)
{
    [JsonPropertyOrder(-2)]
    public string? Timestamp { get; init; }

    [JsonPropertyOrder(-1)]
    public CycloneDxTools? Tools { get; init; }
}

/// <summary>What made a document.</summary>
internal sealed record CycloneDxTools(IReadOnlyList<CycloneDxComponent> Components);

/// <summary>A component.</summary>
internal sealed record CycloneDxComponent
{
    public required string Type { get; init; }

    [JsonPropertyName("bom-ref")]
    public string? Reference { get; init; }

    public required string Name { get; init; }

    public string? Version { get; init; }

    public string? Scope { get; init; }

    public IReadOnlyList<CycloneDxHash>? Hashes { get; init; }

    public IReadOnlyList<CycloneDxLicenceChoice>? Licenses { get; init; }

    public string? Purl { get; init; }

    public IReadOnlyList<CycloneDxProperty>? Properties { get; init; }
}

/// <summary>A hash.</summary>
internal sealed record CycloneDxHash(string Alg, string Content);

/// <summary>A licence, by an expression or by a name.</summary>
internal sealed record CycloneDxLicenceChoice(string? Expression, CycloneDxLicence? License);

/// <summary>A licence that has no SPDX expression.</summary>
internal sealed record CycloneDxLicence(string Name, string? Url);

/// <summary>A name and a value.</summary>
internal sealed record CycloneDxProperty(string Name, string Value);

/// <summary>What a component depends on.</summary>
internal sealed record CycloneDxDependency(string Ref, IReadOnlyList<string>? DependsOn);

/// <summary>A vulnerability, and what is to be said of it.</summary>
internal sealed record CycloneDxVulnerability(
    string Id, CycloneDxAnalysis Analysis, IReadOnlyList<CycloneDxAffected> Affects);

/// <summary>What was found out about a vulnerability.</summary>
internal sealed record CycloneDxAnalysis(string State, string Justification, string Detail);

/// <summary>A component that has a vulnerability, or would have it.</summary>
internal sealed record CycloneDxAffected(string Ref);
