using EdgeSlim.Delivery;
using EdgeSlim.Oci;

namespace EdgeSlim.Reporting;

/// <summary>What all stages learned of an application for several platforms: <c>facts.json</c> in its other form.</summary>
public sealed record IndexFacts
{
    /// <summary>The version of this document's schema.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The index of the images.</summary>
    public required DeliveredIndex Index { get; init; }

    /// <summary>What was learned of each platform and its image.</summary>
    public required IReadOnlyList<Facts> Platforms { get; init; }

    /// <summary>The index of the debuggable twins; null where there are none.</summary>
    public DeliveredIndex? Debug { get; init; }
}

/// <summary>An index of images, and where it was delivered.</summary>
public sealed record DeliveredIndex
{
    /// <summary>The repository, without a registry.</summary>
    public required string Repository { get; init; }

    /// <summary>The tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The index's digest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The index and all its images, what they share once, in bytes.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>Where it was delivered.</summary>
    public required IReadOnlyList<Delivered> Deliveries { get; init; }
}
