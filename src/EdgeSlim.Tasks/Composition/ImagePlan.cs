using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>
/// An image that is to be composed: everything that its bytes depend on. Two equal plans give the same digest, and a
/// plan that did not change need not be composed again.
/// </summary>
public sealed record ImagePlan
{
    /// <summary>The repository, without a registry.</summary>
    public required string Repository { get; init; }

    /// <summary>The tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The platform.</summary>
    public required Platform Platform { get; init; }

    /// <summary>The base image's name.</summary>
    public required string BaseName { get; init; }

    /// <summary>Why this base.</summary>
    public required string BaseReason { get; init; }

    /// <summary>The layout that holds the base image's layers; null for scratch.</summary>
    public string? BaseLayoutFolder { get; init; }

    /// <summary>The base image's layers.</summary>
    public IReadOnlyList<Descriptor> BaseLayers { get; init; } = [];

    /// <summary>The digests of the base image's uncompressed layers.</summary>
    public IReadOnlyList<Digest> BaseDiffIds { get; init; } = [];

    /// <summary>The base image's history.</summary>
    public IReadOnlyList<HistoryEntry> BaseHistory { get; init; } = [];

    /// <summary>The layers on top of the base.</summary>
    public required IReadOnlyList<LayerPlan> Layers { get; init; }

    /// <summary>When the image is said to be made: the source's time, not the build's.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>How a container of the image is started.</summary>
    public required ContainerConfig Config { get; init; }

    /// <summary>The manifest's annotations.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }
}
