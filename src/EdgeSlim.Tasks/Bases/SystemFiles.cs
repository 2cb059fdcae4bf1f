using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases;

/// <summary>Takes from the build machine what scratch lacks and the application needs.</summary>
/// <param name="options">Where it is.</param>
public sealed class SystemFiles(SystemFileOptions options)
{
    /// <summary>Where .NET and OpenSSL look for the authorities to trust.</summary>
    public const string CaCertificatesPath = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Where .NET looks for time zones.</summary>
    public const string ZoneInfoPath = "/usr/share/zoneinfo";

    // Debian and Alpine, Fedora, openSUSE, and what the rest links to.
    private static readonly string[] Bundles =
        [CaCertificatesPath, "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    // Copies of all zones with and without leap seconds, which .NET does not read, and the build machine's own zone.
    private static readonly string[] NotTaken = ["posix", "right", "localtime"];

    /// <summary>The certificates of the authorities to trust.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="EdgeException">There are none on this machine (EDGE2040).</exception>
    public SystemFile CaCertificates()
    {
        string[] candidates = options.CaCertificates.Length > 0 ? [options.CaCertificates] : Bundles;
        string found = candidates.FirstOrDefault(File.Exists)
            ?? throw new EdgeException(DiagnosticCodes.NoCaCertificates, string.Join(", ", candidates));
        return new SystemFile(found, CaCertificatesPath);
    }

    /// <summary>The time zones: those that are asked for, else all with the lists of them.</summary>
    /// <returns>The files and links, sorted by path.</returns>
    /// <exception cref="EdgeException">There are none on this machine, or not the ones asked for (EDGE2041).</exception>
    public IReadOnlyList<SystemFile> TimeZones()
    {
        DirectoryInfo folder = new(options.ZoneInfoFolder);
        if (!folder.Exists)
        {
            throw new EdgeException(DiagnosticCodes.NoTimeZones, options.ZoneInfoFolder, "the folder does not exist");
        }

        IEnumerable<FileInfo> files = options.TimeZones.Count == 0
            ? All(folder)
            : options.TimeZones.Select(zone => Named(folder, zone));
        return [.. files.Select(f => ToSystemFile(folder, f)).OrderBy(f => f.TargetPath, StringComparer.Ordinal)];
    }

    private static IEnumerable<FileInfo> All(DirectoryInfo folder) => folder
        .EnumerateFileSystemInfos()
        .Where(i => !NotTaken.Contains(i.Name))
        .SelectMany(i => i is DirectoryInfo { LinkTarget: null } inner
            ? inner.EnumerateFiles("*", SearchOption.AllDirectories)
            : i is FileInfo file ? [file] : Enumerable.Empty<FileInfo>());

    private FileInfo Named(DirectoryInfo folder, string zone)
    {
        FileInfo file = new(Path.Combine(folder.FullName, zone));
        bool isInside = !zone.Split('/').Contains("..") && !Path.IsPathRooted(zone);
        return isInside && file.Exists
            ? file
            : throw new EdgeException(DiagnosticCodes.NoTimeZones, options.ZoneInfoFolder, $"there is no '{zone}' in it");
    }

    // Zones with several names are links to one file. A zone that is taken alone is copied, whatever its name leads to.
    private SystemFile ToSystemFile(DirectoryInfo folder, FileInfo file)
    {
        string target = $"{ZoneInfoPath}/{Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/')}";
        return options.TimeZones.Count == 0 && file.LinkTarget is { } link && !Path.IsPathRooted(link)
            ? new SystemFile(null, target, link)
            : new SystemFile(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName, target);
    }
}
