namespace EdgeSlim.Elf;

/// <summary>What a file says to the dynamic linker (System V ABI, "Dynamic Section").</summary>
public sealed record ElfDynamic
{
    /// <summary>The libraries that it needs (DT_NEEDED), in the file's order.</summary>
    public required IReadOnlyList<string> Needed { get; init; }

    /// <summary>The name under which others need it (DT_SONAME); null where it has none.</summary>
    public required string? SoName { get; init; }

    /// <summary>Where to look for its libraries and for those of what it loads (DT_RPATH), between colons; null for none.</summary>
    public required string? RPath { get; init; }

    /// <summary>Where to look for its own libraries (DT_RUNPATH), between colons; null for none. It makes DT_RPATH void.</summary>
    public required string? RunPath { get; init; }

    /// <summary>Whether all symbols are bound when it is loaded, and not when a function is first called (<c>-z now</c>).</summary>
    public required bool BindsNow { get; init; }

    /// <summary>Whether the default folders are not searched for its libraries (<c>-z nodefaultlib</c>).</summary>
    public required bool IgnoresDefaultFolders { get; init; }

    /// <summary>The symbol versions that it needs of libraries (DT_VERNEED).</summary>
    public required IReadOnlyList<ElfVersionNeed> VersionsNeeded { get; init; }

    /// <summary>The symbol versions that it defines (DT_VERDEF), without the one that only names the file itself.</summary>
    public required IReadOnlyList<string> VersionsDefined { get; init; }
}

/// <summary>A symbol version that a file needs of a library.</summary>
/// <param name="Library">The library, as DT_NEEDED names it: <c>libc.so.6</c>.</param>
/// <param name="Version">The version: <c>GLIBC_2.34</c>.</param>
/// <param name="IsWeak">Whether the dynamic linker lets it be missing (VER_FLG_WEAK).</param>
public sealed record ElfVersionNeed(string Library, string Version, bool IsWeak);
