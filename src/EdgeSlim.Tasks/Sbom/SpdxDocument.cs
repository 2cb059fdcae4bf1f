using System.Text.Json.Serialization;

namespace EdgeSlim.Sbom;

/// <summary>An SPDX 2.3 document, as it is written.</summary>
internal sealed record SpdxDocument
{
    public string SpdxVersion { get; init; } = "SPDX-2.3";

    public string DataLicense { get; init; } = "CC0-1.0";

    [JsonPropertyName("SPDXID")]
    public string Id { get; init; } = "SPDXRef-DOCUMENT";

    public required string Name { get; init; }

    public required string DocumentNamespace { get; init; }

    public required SpdxCreation CreationInfo { get; init; }

    public required IReadOnlyList<SpdxPackage> Packages { get; init; }

    public required IReadOnlyList<SpdxRelationship> Relationships { get; init; }
}

/// <summary>Who made a document, and when.</summary>
internal sealed record SpdxCreation(string Created, IReadOnlyList<string> Creators);

/// <summary>A package.</summary>
internal sealed record SpdxPackage
{
    [JsonPropertyName("SPDXID")]
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? VersionInfo { get; init; }

    public string DownloadLocation { get; init; } = "NOASSERTION";

    public bool FilesAnalyzed { get; init; }

    public string? LicenseDeclared { get; init; }

    public IReadOnlyList<SpdxChecksum>? Checksums { get; init; }

    public IReadOnlyList<SpdxReference>? ExternalRefs { get; init; }

    public string? PrimaryPackagePurpose { get; init; }

    public string? Comment { get; init; }
}

/// <summary>A hash.</summary>
internal sealed record SpdxChecksum(string Algorithm, string ChecksumValue);

/// <summary>The name of a package elsewhere.</summary>
internal sealed record SpdxReference(string ReferenceCategory, string ReferenceType, string ReferenceLocator);

/// <summary>How two packages relate.</summary>
internal sealed record SpdxRelationship(
    [property: JsonPropertyName("spdxElementId")] string Element,
    string RelationshipType,
    [property: JsonPropertyName("relatedSpdxElement")] string Related);
