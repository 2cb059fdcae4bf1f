using EdgeSlim.Elf;

namespace EdgeSlim.RootFileSystems;

/// <summary>What stands at a path of an image, or of another root file system.</summary>
public sealed record ImageEntry
{
    /// <summary>The path in the image, absolute: <c>/app/agent</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required ImageEntryKind Kind { get; init; }

    /// <summary>The permission bits.</summary>
    public required int Mode { get; init; }

    /// <summary>The owner's user id.</summary>
    public int UserId { get; init; }

    /// <summary>The owner's group id.</summary>
    public int GroupId { get; init; }

    /// <summary>The size of a file's content.</summary>
    public long Bytes { get; init; }

    /// <summary>The layer that it comes from, counted from the base.</summary>
    public int Layer { get; init; }

    /// <summary>Where a symbolic link leads.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>What the file is and needs, where it is an ELF file.</summary>
    public ImageElf? Elf { get; init; }

    /// <summary>Why the file cannot be read, where it begins as an ELF file and is none.</summary>
    public string? Damage { get; init; }

    /// <summary>What stands behind <c>#!</c>, where the file is a script.</summary>
    public string? InterpreterLine { get; init; }

    /// <summary>
    /// Where the content is: the path of a file on this machine, or a name in a <see cref="FileSpool"/>; null where it stayed
    /// in its layer.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>The content of the few files that say how others are found: users, folders of libraries.</summary>
    public byte[]? Content { get; init; }
}

/// <summary>The kinds of <see cref="ImageEntry"/>.</summary>
public enum ImageEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device or a pipe.</summary>
    Other,
}

/// <summary>What is kept of an ELF file.</summary>
/// <param name="File">Its headers.</param>
/// <param name="Dynamic">What it says to the dynamic linker; null where it says nothing.</param>
/// <param name="Symbols">The symbols that the dynamic linker binds.</param>
public sealed record ImageElf(ElfFile File, ElfDynamic? Dynamic, IReadOnlyList<ElfSymbol> Symbols);
