namespace EdgeSlim.Oci;

/// <summary>A file or folder of a layer.</summary>
public sealed record LayerEntry
{
    /// <summary>The mode of folders and executables.</summary>
    public const int ExecutableMode = 0b111_101_101;

    /// <summary>The mode of all other files.</summary>
    public const int FileMode = 0b110_100_100;

    /// <summary>The mode of symbolic links, which nobody looks at.</summary>
    public const int LinkMode = 0b111_111_111;

    /// <summary>The path in the image, without a slash at either end.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder { get; init; }

    /// <summary>The permission bits; 0777 for links, as everywhere.</summary>
    public required int Mode { get; init; }

    /// <summary>The owner's user id.</summary>
    public int UserId { get; init; }

    /// <summary>The owner's group id.</summary>
    public int GroupId { get; init; }

    /// <summary>What a symbolic link points to; null for files and folders.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>The file on disk that holds the content; null where <see cref="Text"/> does, and for folders.</summary>
    public string? Source { get; init; }

    /// <summary>The content itself, for small files that are made, not copied.</summary>
    public string? Text { get; init; }

    /// <summary>The content's size in bytes.</summary>
    public long Size { get; init; }

    /// <summary>When the source was last written; tells a changed file, and does not reach the image.</summary>
    public DateTime? SourceWriteTimeUtc { get; init; }
}
