using EdgeSlim.Oci;
using EdgeSlim.Scanning;

namespace EdgeSlim.Policy;

/// <summary>What is judged.</summary>
public sealed record JudgedImage
{
    /// <summary>The image.</summary>
    public required LayoutImage Image { get; init; }

    /// <summary>What is in it.</summary>
    public required ImageContents Contents { get; init; }

    /// <summary>The bases that it is made of.</summary>
    public required IReadOnlyList<JudgedBase> Bases { get; init; }

    /// <summary>What a scanner found; null where nobody looked.</summary>
    public ScanReport? Scan { get; init; }
}

/// <summary>A base that is judged.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsPinned">Whether name or lock file say its digest.</param>
public sealed record JudgedBase(string Name, bool IsPinned);
