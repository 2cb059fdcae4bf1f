using EdgeSlim.Git;
using EdgeSlim.Oci;
using EdgeSlim.Sbom;

namespace EdgeSlim.Provenance;

/// <summary>What is known of how an image came to be.</summary>
public sealed record ProvenanceRequest
{
    /// <summary>The repository, without a registry.</summary>
    public required string Repository { get; init; }

    /// <summary>The digest of the image, or of the index.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The project's file, relative to the root of the repository that it lies in.</summary>
    public required string Project { get; init; }

    /// <summary>The properties that decide what the image is like.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>Who built it, as a URI.</summary>
    public required string BuilderId { get; init; }

    /// <summary>The versions of what it was built with.</summary>
    public required IReadOnlyDictionary<string, string> Tools { get; init; }

    /// <summary>What the source control says.</summary>
    public required SourceRevision Source { get; init; }

    /// <summary>What the image is made of; null for an index.</summary>
    public Inventory? Inventory { get; init; }

    /// <summary>The digest of the base image; null for none.</summary>
    public Digest? BaseDigest { get; init; }

    /// <summary>The images of an index.</summary>
    public IReadOnlyList<LayoutImage> Images { get; init; } = [];

    /// <summary>Documents that were made with the image: their names and digests.</summary>
    public IReadOnlyList<(string Name, Digest Digest)> Documents { get; init; } = [];
}
