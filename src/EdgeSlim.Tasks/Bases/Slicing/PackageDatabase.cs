using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>What a distribution's package manager knows of the files of a root file system.</summary>
internal interface IPackageDatabase
{
    /// <summary>Says which packages files belong to.</summary>
    /// <param name="paths">The paths of files.</param>
    /// <returns>The names of packages by path; what no package has is not in it.</returns>
    IReadOnlyDictionary<string, string> OwnersOf(IReadOnlySet<string> paths);

    /// <summary>Describes packages.</summary>
    /// <param name="names">Their names.</param>
    /// <returns>Those that it knows.</returns>
    IReadOnlyList<PackageRecord> Describe(IReadOnlyList<string> names);

    /// <summary>Makes the files by which a scanner sees packages.</summary>
    /// <param name="names">Their names.</param>
    /// <returns>The files.</returns>
    IReadOnlyList<SystemFile> Records(IReadOnlyList<string> names);
}

/// <summary>A package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="LicencePaths">Where its licences may lie.</param>
internal sealed record PackageRecord(string Name, string Version, IReadOnlyList<string> LicencePaths)
{
    /// <summary>The processor that it is for, in the distribution's words.</summary>
    public required string Architecture { get; init; }

    /// <summary>The source package that it is built of, which advisories speak of.</summary>
    public required string Source { get; init; }
}

/// <summary>Finds the database of a root file system.</summary>
internal static class PackageDatabases
{
    /// <summary>Finds it.</summary>
    /// <param name="source">The root file system.</param>
    /// <returns>The database; null where there is none that can be read.</returns>
    public static IPackageDatabase? Find(SourceFileSystem source) =>
        source.Find(ApkDatabase.FilePath) is not null ? new ApkDatabase(source)
        : source.Find(DpkgDatabase.StatusPath) is not null || source.Find(DpkgDatabase.StatusFolder) is not null ? new DpkgDatabase(source)
        : null;
}
