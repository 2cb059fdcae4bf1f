using EdgeSlim.Oci;

namespace EdgeSlim.Bases.Locking;

/// <summary>Which image each base was when the project's bases were last updated: <c>edge.lock.json</c>.</summary>
public sealed record BaseLock
{
    /// <summary>The version of the file's form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the file's form.</summary>
    public required int Version { get; init; }

    /// <summary>The mode of the last image, where the evidence chose it; null where the project asks for one, or no image was made.</summary>
    public string? Mode { get; init; }

    /// <summary>The bases, sorted by reference.</summary>
    public required IReadOnlyList<LockedBase> Bases { get; init; }

    /// <summary>Finds a base.</summary>
    /// <param name="reference">Its reference in full, or its local name.</param>
    /// <returns>The base; null where it is not locked.</returns>
    public LockedBase? Find(string reference) => Bases.FirstOrDefault(b => b.Reference == reference);

    /// <summary>Makes a lock.</summary>
    /// <param name="bases">The bases, in any order.</param>
    /// <param name="mode">The mode of the last image; null for none.</param>
    /// <returns>The lock.</returns>
    public static BaseLock Of(IEnumerable<LockedBase> bases, string? mode = null) => new()
    {
        Version = CurrentVersion,
        Mode = mode,
        Bases = [.. bases.DistinctBy(b => b.Reference).OrderBy(b => b.Reference, StringComparer.Ordinal)],
    };
}

/// <summary>A base and the image that it is.</summary>
public sealed record LockedBase
{
    /// <summary>Its reference in full, or its local name.</summary>
    public required string Reference { get; init; }

    /// <summary>The digest that the reference led to: of an index where it is there for several platforms.</summary>
    public required Digest Digest { get; init; }

    /// <summary>Where it was asked, if a mirror stood in.</summary>
    public string? ResolvedFrom { get; init; }

    /// <summary>The manifests of its platforms, sorted by platform; empty where there is but one manifest.</summary>
    public required IReadOnlyList<LockedPlatform> Platforms { get; init; }

    /// <summary>The digest of the manifest, or of the index that leads to it, for a platform.</summary>
    /// <param name="platform">The platform.</param>
    /// <returns>The digest.</returns>
    public Digest DigestFor(Platform platform) =>
        Platforms.FirstOrDefault(p => p.Platform == platform.ToString())?.Digest ?? Digest;
}

/// <summary>The manifest of a platform.</summary>
/// <param name="Platform">The platform: <c>linux/amd64</c>.</param>
/// <param name="Digest">The manifest's digest.</param>
public sealed record LockedPlatform(string Platform, Digest Digest);
