namespace EdgeSlim.Bases;

/// <summary>A file that the image gets because the application needs it: of the build machine, or of another image.</summary>
/// <param name="Source">Where it lies on the build machine; null for a link and for what is made.</param>
/// <param name="TargetPath">Its absolute path in the image.</param>
/// <param name="LinkTarget">What a symbolic link points to; null for a file.</param>
public sealed record SystemFile(string? Source, string TargetPath, string? LinkTarget = null)
{
    /// <summary>Whether it gets mode 0755 instead of 0644.</summary>
    public bool IsExecutable { get; init; }

    /// <summary>The content of a file that is made, not copied.</summary>
    public string? Text { get; init; }

    /// <summary>Why the image gets it; null where nobody asked.</summary>
    public string? Reason { get; init; }

    /// <summary>The package of the distribution that it belongs to; null where none is known.</summary>
    public string? Package { get; init; }
}
