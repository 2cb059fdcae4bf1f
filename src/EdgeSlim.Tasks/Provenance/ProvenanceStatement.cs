namespace EdgeSlim.Provenance;

/// <summary>An in-toto statement (in-toto attestation framework, Statement v1) with a SLSA v1 provenance as its predicate.</summary>
internal sealed record ProvenanceStatement
{
    [System.Text.Json.Serialization.JsonPropertyName("_type")]
    public string Type { get; init; } = "https://in-toto.io/Statement/v1";

    public required IReadOnlyList<ResourceDescriptor> Subject { get; init; }

    public string PredicateType { get; init; } = ProvenanceWriter.PredicateType;

    public required ProvenancePredicate Predicate { get; init; }
}

/// <summary>How something was made, and by whom (SLSA 1.0, "Provenance").</summary>
internal sealed record ProvenancePredicate(BuildDefinition BuildDefinition, RunDetails RunDetails);

/// <summary>What was asked for.</summary>
internal sealed record BuildDefinition
{
    public required string BuildType { get; init; }

    public required ExternalParameters ExternalParameters { get; init; }

    public required IReadOnlyList<ResourceDescriptor> ResolvedDependencies { get; init; }
}

/// <summary>What the user of the build decides.</summary>
internal sealed record ExternalParameters(string Project, IReadOnlyDictionary<string, string> Properties);

/// <summary>Who made it. There is no time and no number of a run in it: the same source gives the same bytes.</summary>
internal sealed record RunDetails(Builder Builder, IReadOnlyList<ResourceDescriptor>? Byproducts);

/// <summary>Who made it, and with what.</summary>
internal sealed record Builder(string Id, IReadOnlyDictionary<string, string> Version);

/// <summary>Something that was taken or made (in-toto attestation framework, ResourceDescriptor).</summary>
internal sealed record ResourceDescriptor
{
    public string? Name { get; init; }

    public string? Uri { get; init; }

    public IReadOnlyDictionary<string, string>? Digest { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
