using System.Text;
using System.Text.RegularExpressions;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>
/// Keeps with the files what says whose they are: the distribution, the packages (for scanners) and their licences.
/// </summary>
/// <param name="source">The root file system that the files are taken from.</param>
/// <param name="data">Which certificates and time zones were taken.</param>
internal sealed partial class PackageIdentity(SourceFileSystem source, SystemFileOptions data)
{
    // Scanners tell distributions apart by files of their own, and not by os-release alone.
    private static readonly string[] ReleaseFiles =
        ["/etc/os-release", "/etc/debian_version", "/etc/lsb-release", "/etc/alpine-release"];

    /// <summary>Adds it to the files.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The packages.</returns>
    public IReadOnlyList<SlicedPackage> Add(FileCollector files)
    {
        if (PackageDatabases.Find(source) is not IPackageDatabase database)
        {
            return [];
        }

        SystemFile[] taken = [.. files.Files.Where(f => f.Source is not null && !IsOfTheUser(f))];
        IReadOnlyDictionary<string, string> owners = database.OwnersOf(taken.Select(f => f.TargetPath).ToHashSet());
        foreach (SystemFile file in taken.Where(f => owners.ContainsKey(f.TargetPath)))
        {
            files.Replace(file with { Package = owners[file.TargetPath] });
        }

        Distribution? distribution = Distribution.Of(source);
        List<SlicedPackage> packages = [];
        foreach (PackageRecord package in database.Describe([.. owners.Values.Distinct()]).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            packages.Add(new SlicedPackage(package.Name, package.Version, AddLicences(package, files))
            {
                Purl = distribution?.UrlOf(package),
            });
        }

        foreach (SystemFile file in database.Records([.. packages.Select(p => p.Name)]))
        {
            files.Add(file);
        }

        foreach (string path in ReleaseFiles)
        {
            if (source.Find(path) is { Kind: ImageEntryKind.File } release)
            {
                files.TakeAt(path, release, "says which distribution the packages are of");
            }
        }

        return packages;
    }

    // The file of a license is named by others: "see /usr/share/common-licenses/LGPL-2.1".
    private List<string> AddLicences(PackageRecord package, FileCollector files)
    {
        List<string> licences = [];
        Queue<string> paths = new(package.LicencePaths);
        while (paths.TryDequeue(out string? path))
        {
            if (licences.Contains(path) || source.Find(path) is not { Kind: ImageEntryKind.File } file)
            {
                continue;
            }

            files.TakeAt(path, file, $"the licence of {package.Name}");
            licences.Add(path);
            foreach (Match match in CommonLicence().Matches(Encoding.UTF8.GetString(source.Read(path)!)))
            {
                paths.Enqueue(match.Value.TrimEnd('.'));
            }
        }

        return licences;
    }

    private bool IsOfTheUser(SystemFile file) =>
        (data.CaCertificates.Length > 0 && file.TargetPath == SystemFiles.CaCertificatesPath)
        || (data.ZoneInfoFolder.Length > 0 && file.TargetPath.StartsWith(SystemFiles.ZoneInfoPath, StringComparison.Ordinal));

    [GeneratedRegex("/usr/share/common-licenses/[A-Za-z0-9.+-]+")]
    private static partial Regex CommonLicence();
}
