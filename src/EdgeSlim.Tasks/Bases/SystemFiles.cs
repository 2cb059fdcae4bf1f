using EdgeSlim.Diagnostics;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases;

/// <summary>Takes the certificates and time zones that scratch lacks and the application needs.</summary>
/// <param name="options">Which.</param>
/// <param name="source">The root file system to take them from.</param>
public sealed class SystemFiles(SystemFileOptions options, SourceFileSystem source)
{
    /// <summary>Where .NET and OpenSSL look for the authorities to trust.</summary>
    public const string CaCertificatesPath = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>Where .NET looks for time zones.</summary>
    public const string ZoneInfoPath = "/usr/share/zoneinfo";

    // Debian and Alpine, Fedora, openSUSE, and what the rest links to.
    private static readonly string[] Bundles =
        [CaCertificatesPath, "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    // Copies of all zones with and without leap seconds, which .NET does not read, and the machine's own zone.
    private static readonly string[] NotTaken = ["posix", "right", "localtime"];

    private readonly SourceFileSystem _zones =
        options.ZoneInfoFolder.Length > 0 ? new FolderFileSystem(options.ZoneInfoFolder) : source;

    private readonly string _zoneFolder = options.ZoneInfoFolder.Length > 0 ? "" : ZoneInfoPath;

    /// <summary>The certificates of the authorities to trust.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="EdgeException">There are none (EDGE2040).</exception>
    public SystemFile CaCertificates()
    {
        string[] candidates = options.CaCertificates.Length > 0 ? [options.CaCertificates] : Bundles;
        string? found = options.CaCertificates.Length > 0
            ? candidates.FirstOrDefault(File.Exists)
            : candidates.Select(source.Find).FirstOrDefault(e => e?.Kind == ImageEntryKind.File)?.Source;
        return found is null
            ? throw new EdgeException(DiagnosticCodes.NoCaCertificates, string.Join(", ", candidates))
            : new SystemFile(found, CaCertificatesPath);
    }

    /// <summary>The time zones: those that are asked for, else all with the lists of them.</summary>
    /// <returns>The files and links, sorted by path.</returns>
    /// <exception cref="EdgeException">There are none, or not the ones asked for (EDGE2041).</exception>
    public IReadOnlyList<SystemFile> TimeZones()
    {
        string named = options.ZoneInfoFolder.Length > 0 ? options.ZoneInfoFolder : ZoneInfoPath;
        if (!_zones.List(_zoneFolder + "/").Any())
        {
            throw new EdgeException(DiagnosticCodes.NoTimeZones, named, "the folder does not exist");
        }

        IEnumerable<SystemFile> files = options.TimeZones.Count == 0
            ? All(_zoneFolder).Select(ToSystemFile)
            : options.TimeZones.Select(zone => Named(named, zone));
        return [.. files.Where(f => f is not { Source: null, LinkTarget: null }).OrderBy(f => f.TargetPath, StringComparer.Ordinal)];
    }

    private IEnumerable<ImageEntry> All(string folder) => _zones.List(folder + "/")
        .Where(e => folder != _zoneFolder || !NotTaken.Contains(NameOf(e.Path)))
        .SelectMany(e => e.Kind == ImageEntryKind.Folder ? All(e.Path) : [e]);

    private SystemFile Named(string named, string zone)
    {
        string path = $"{_zoneFolder}/{zone}";
        bool isInside = !zone.Split('/').Contains("..") && !Path.IsPathRooted(zone);
        return isInside && _zones.Find(path) is { Kind: ImageEntryKind.File } file
            ? new SystemFile(file.Source, Target(path))
            : throw new EdgeException(DiagnosticCodes.NoTimeZones, named, $"there is no '{zone}' in it");
    }

    // Zones with several names are links to one file. A zone that is taken alone is copied, whatever its name leads to.
    private SystemFile ToSystemFile(ImageEntry entry) =>
        entry.LinkTarget is string link && !Path.IsPathRooted(link)
            ? new SystemFile(null, Target(entry.Path), link)
            : new SystemFile((entry.LinkTarget is null ? entry : _zones.Find(entry.Path))?.Source, Target(entry.Path));

    private string Target(string path) => ZoneInfoPath + path[_zoneFolder.Length..];

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
