namespace EdgeSlim.Publishing;

/// <summary>Says whether a library can be linked into a static executable on this machine.</summary>
public static class LinkableLibraryProbe
{
    private static readonly string[] Programs = ["cmake", "make"];

    private static readonly string[] LibraryFolders = ["lib", "lib64"];

    /// <summary>Looks for what it takes.</summary>
    /// <param name="library">The library.</param>
    /// <param name="compilerDriver">The compiler driver that links.</param>
    /// <param name="target">What is compiled for.</param>
    /// <param name="root">A folder with a build of the library, where cmake looks first; null for none.</param>
    /// <param name="tools">This machine's tools.</param>
    /// <returns>What was found.</returns>
    public static LibraryFindings Look(
        LinkableLibrary library, string compilerDriver, CompilationTarget target, string? root, IToolLookup tools)
    {
        IEnumerable<string> includes =
            root is null ? target.IncludeFolders : [Path.Combine(root, "include"), .. target.IncludeFolders];
        string? headers = includes.FirstOrDefault(f => tools.HasFile(Path.Combine(f, library.Header)));
        FoundArchive[] own = [.. library.Archives.Select(a => new FoundArchive(a, Find(a), IsOfLanguage: false))];
        CompanionLibrary[] companions =
            [.. library.Companions.Where(c => own.Any(a => a.Name == c.In && a.Path is string path && tools.Contains(path, c.Symbol)))];
        FoundArchive[] found =
        [
            .. own,
            .. companions.Select(c => new FoundArchive(c.Archive, Find(c.Archive), IsOfLanguage: false)),
            .. library.LanguageArchives.Select(a => new FoundArchive(a, Find(a), IsOfLanguage: true)),
        ];
        string[] missing =
        [
            .. found.Where(a => a.Path is null).Select(a => a.Name),
            .. headers is not null ? [] : new[] { library.Header },
            .. Programs.Where(p => tools.Find(p) is null),
        ];
        bool isReducible = headers is not null
            && library.ReducibleVersion is var (header, text)
            && tools.Contains(Path.Combine(headers, header), text);
        string installLine = InstallLine([.. library.Packages, .. companions.Select(c => c.Package)], target);
        return new LibraryFindings(found, missing, installLine, isReducible ? headers : null);

        // The headers of one build and the code of another do not fit together.
        string? Find(string archive) =>
            (root is null ? [] : LibraryFolders.Select(folder => Path.Combine(root, folder, archive)))
            .FirstOrDefault(tools.HasFile)
            ?? tools.FindLibrary(compilerDriver, target, archive);
    }

    private static string InstallLine(IReadOnlyList<string> names, CompilationTarget target)
    {
        string packages = string.Join(' ', names);
        return target switch
        {
            { IsForeign: false } => $"apt-get install {packages} cmake make",
            { SysRoot: null } => $"apt-get install cmake make, and give the property SysRoot a folder with {packages} of {target.Triple} in it",
            _ => $"apt-get install cmake make, and {packages} of {target.Triple} into '{target.SysRoot}'",
        };
    }
}

/// <summary>What there is to link a library in with.</summary>
/// <param name="Archives">Its static libraries, in the order in which they are linked.</param>
/// <param name="Missing">What is missing, by the name of the file or program; none where it can be linked.</param>
/// <param name="InstallLine">What to do about it.</param>
/// <param name="ReducibleHeaders">
/// The folder of its headers, where it is known how to leave parts out of this version; else null.
/// </param>
public sealed record LibraryFindings(
    IReadOnlyList<FoundArchive> Archives, IReadOnlyList<string> Missing, string InstallLine, string? ReducibleHeaders);

/// <summary>A static library.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Path">Where it is; null where it is not.</param>
/// <param name="IsOfLanguage">Whether it belongs to the language and not to the library.</param>
public sealed record FoundArchive(string Name, string? Path, bool IsOfLanguage);
