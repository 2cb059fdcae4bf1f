namespace EdgeSlim.Publishing;

/// <summary>What a payload is made from.</summary>
public sealed record PayloadRequest
{
    /// <summary>The files of this publish, and those of EdgeInclude items.</summary>
    public required IReadOnlyList<PublishedFile> Files { get; init; }

    /// <summary>Globs of EdgeExclude items, held against target paths.</summary>
    public required IReadOnlyList<string> ExcludePatterns { get; init; }

    /// <summary>The full paths of files that are mounted from outside, and not in the image.</summary>
    public IReadOnlyCollection<string> ConfigurationFiles { get; init; } = [];

    /// <summary>
    /// DirectPInvoke of a static executable: libraries that the linker bound it to, so that a shared one of that name is of no use.
    /// </summary>
    public IReadOnlyList<string> LinkedIn { get; init; } = [];

    /// <summary>The publish folder; what lies there and is not among the files is a leftover.</summary>
    public required string PublishFolder { get; init; }

    /// <summary>Where symbols are moved to.</summary>
    public required string SymbolsFolder { get; init; }

    /// <summary>Where stripped copies of native libraries are kept between runs.</summary>
    public required string StrippedFolder { get; init; }

    /// <summary>The path of the application's executable below the publish folder.</summary>
    public required string Executable { get; init; }

    /// <summary>The strip tool; null to leave native libraries as they are.</summary>
    public required string? ObjCopy { get; init; }
}
