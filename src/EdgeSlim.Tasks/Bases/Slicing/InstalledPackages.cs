using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>A package of a distribution that brought a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Source">The source package that it is built of.</param>
/// <param name="Purl">Its package URL; null where the distribution does not say which one it is.</param>
public sealed record InstalledPackage(string Name, string Version, string Source, string? Purl);

/// <summary>Says which packages of a root file system brought files.</summary>
/// <param name="source">The root file system.</param>
public sealed class InstalledPackages(SourceFileSystem source)
{
    /// <summary>Finds the packages of files.</summary>
    /// <param name="paths">Absolute paths in the root file system.</param>
    /// <returns>The packages by path; what no package brought is not in it.</returns>
    public IReadOnlyDictionary<string, InstalledPackage> Of(IReadOnlyCollection<string> paths)
    {
        if (PackageDatabases.Find(source) is not IPackageDatabase database)
        {
            return new Dictionary<string, InstalledPackage>();
        }

        Distribution? distribution = Distribution.Of(source);
        IReadOnlyDictionary<string, string> owners = database.OwnersOf(paths.ToHashSet(StringComparer.Ordinal));
        Dictionary<string, InstalledPackage> packages = database.Describe([.. owners.Values.Distinct()])
            .ToDictionary(p => p.Name, p => new InstalledPackage(p.Name, p.Version, p.Source, distribution?.UrlOf(p)));
        return owners
            .Where(o => packages.ContainsKey(o.Value))
            .ToDictionary(o => o.Key, o => packages[o.Value], StringComparer.Ordinal);
    }
}
