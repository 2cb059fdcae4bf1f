namespace EdgeSlim.Registry.Referrers;

/// <summary>Something that says more about an image: a bill of materials, a provenance, symbols.</summary>
/// <param name="ArtifactType">What it is, as a media type.</param>
/// <param name="Contents">Its files.</param>
public sealed record Artifact(string ArtifactType, IReadOnlyList<ArtifactContent> Contents)
{
    /// <summary>Annotations, sorted by key; null for none. A time in them makes each run's artifact another one.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}

/// <summary>A file of an artifact.</summary>
/// <param name="MediaType">What it is.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record ArtifactContent(string MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Annotations, sorted by key; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
