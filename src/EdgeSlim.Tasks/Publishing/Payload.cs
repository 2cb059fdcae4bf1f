namespace EdgeSlim.Publishing;

/// <summary>What of a publish goes into the image, and what does not.</summary>
public sealed record Payload
{
    /// <summary>The files for the image, sorted by target path.</summary>
    public required IReadOnlyList<PayloadFile> Files { get; init; }

    /// <summary>The files that stay out, sorted by path.</summary>
    public required IReadOnlyList<ExcludedFile> Excluded { get; init; }

    /// <summary>The symbol files that were moved to the symbols folder.</summary>
    public required IReadOnlyList<SymbolFile> Symbols { get; init; }
}

/// <summary>A file for the image.</summary>
public sealed record PayloadFile
{
    /// <summary>Where it lies on disk.</summary>
    public required string Source { get; init; }

    /// <summary>Its path in the image: relative to the working directory, or absolute.</summary>
    public required string TargetPath { get; init; }

    /// <summary>Whether it gets mode 0755 instead of 0644.</summary>
    public required bool IsExecutable { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When it was last written: with the size, what tells a changed file.</summary>
    public required DateTime LastWriteTimeUtc { get; init; }

    /// <summary>Where it comes from.</summary>
    public FileOrigin Origin { get; init; }

    /// <summary>The layer that the user wants it in; null for the one that follows from where it comes from.</summary>
    public string? Layer { get; init; }

    /// <summary>The processor it is compiled for, for native code.</summary>
    public string? Machine { get; init; }

    /// <summary>The program interpreter that it needs, for dynamically linked executables.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The GNU build-id, for native code.</summary>
    public string? BuildId { get; init; }

    /// <summary>The bytes that stripping took off.</summary>
    public long StrippedBytes { get; init; }
}

/// <summary>A file that stays out of the image.</summary>
/// <param name="Path">Its path below the publish folder.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Reason">Why it stays out.</param>
public sealed record ExcludedFile(string Path, long Size, string Reason);

/// <summary>A file with debug symbols, kept for later.</summary>
/// <param name="Path">Where it lies below the symbols folder.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="BuildId">The GNU build-id of the binary that it belongs to; null for managed symbols.</param>
public sealed record SymbolFile(string Path, long Size, string? BuildId);
