namespace EdgeSlim.Bases.Slicing;

/// <summary>What was taken of a root file system, and no more than the application needs.</summary>
public sealed record Slice
{
    /// <summary>What it was taken from.</summary>
    public required string Source { get; init; }

    /// <summary>The files and links, sorted by path.</summary>
    public required IReadOnlyList<SystemFile> Files { get; init; }

    /// <summary>The packages that the files belong to, sorted by name; none where the source has no list of them.</summary>
    public required IReadOnlyList<SlicedPackage> Packages { get; init; }

    /// <summary>The needs that it meets.</summary>
    public required IReadOnlyList<string> Gives { get; init; }

    /// <summary>What the application cannot start without and the source does not have.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>What the application may look for at run time and the source does not have.</summary>
    public required IReadOnlyList<string> Absent { get; init; }

    /// <summary>Whether programs or libraries are among the files, and not data alone.</summary>
    public required bool HasCode { get; init; }
}

/// <summary>A package of which files were taken.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version, as the distribution writes it.</param>
/// <param name="Licences">The files with its licences, in the image; none where the source has none.</param>
public sealed record SlicedPackage(string Name, string Version, IReadOnlyList<string> Licences)
{
    /// <summary>Its package URL; null where the distribution does not say which one it is.</summary>
    public string? Purl { get; init; }
}
