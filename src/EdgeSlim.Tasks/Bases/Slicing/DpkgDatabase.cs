using System.Text;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>Debian's and Ubuntu's packages: the list of dpkg, or that of distroless images, a file for each package.</summary>
internal sealed class DpkgDatabase : IPackageDatabase
{
    public const string StatusPath = "/var/lib/dpkg/status";
    public const string StatusFolder = "/var/lib/dpkg/status.d";

    private const string InfoFolder = "/var/lib/dpkg/info";
    private const string ListSuffix = ".list";
    private const string SumsSuffix = ".md5sums";

    // Made when the package is installed, so that no list of files has it.
    private const string CaPackage = "ca-certificates";

    // Of interest to package managers alone.
    private static readonly string[] NotKept = ["Conffiles", "Description-md5"];

    private readonly SourceFileSystem _source;
    private readonly Lazy<Dictionary<string, string>> _stanzas;

    public DpkgDatabase(SourceFileSystem source)
    {
        _source = source;
        _stanzas = new(ReadStanzas);
    }

    public IReadOnlyDictionary<string, string> OwnersOf(IReadOnlySet<string> paths)
    {
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        ILookup<string, string> wanted = paths.ToLookup(Unmerged, StringComparer.Ordinal);
        if (paths.Contains(SystemFiles.CaCertificatesPath) && _stanzas.Value.ContainsKey(CaPackage))
        {
            owners[SystemFiles.CaCertificatesPath] = CaPackage;
        }

        foreach ((string folder, string suffix) in (ReadOnlySpan<(string, string)>)[(InfoFolder, ListSuffix), (StatusFolder, SumsSuffix)])
        {
            foreach (ImageEntry list in _source.List(folder).Where(e => e.Path.EndsWith(suffix, StringComparison.Ordinal)))
            {
                string package = Path.GetFileName(list.Path)[..^suffix.Length].Split(':')[0];
                foreach (string line in Encoding.UTF8.GetString(_source.Read(list.Path)!).Split('\n'))
                {
                    // Sums come first where there are any: "d41d8cd98f00b204e9800998ecf8427e  usr/lib/libz.so.1".
                    string path = suffix == SumsSuffix ? "/" + line[(line.LastIndexOf(' ') + 1)..] : line;
                    foreach (string found in wanted[Unmerged(path)])
                    {
                        owners.TryAdd(found, package);
                    }
                }
            }
        }

        return owners;
    }

    public IReadOnlyList<PackageRecord> Describe(IReadOnlyList<string> names) =>
    [
        .. names
            .Where(_stanzas.Value.ContainsKey)
            .Select(n => new PackageRecord(n, Field(_stanzas.Value[n], "Version"), [$"/usr/share/doc/{n}/copyright"])
            {
                Architecture = Field(_stanzas.Value[n], "Architecture"),
                Source = SourceOf(_stanzas.Value[n]) is { Length: > 0 } source ? source : n,
            }),
    ];

    public IReadOnlyList<SystemFile> Records(IReadOnlyList<string> names) =>
    [
        .. names.Select(n => new SystemFile(null, $"{StatusFolder}/{n}")
        {
            Text = Brief(_stanzas.Value[n]),
            Reason = "says to scanners which package the files are of",
        }),
    ];

    // dpkg knows a file by the path in its package, of which /lib became a link to /usr/lib.
    private static string Unmerged(string path) =>
        path.StartsWith("/usr/lib", StringComparison.Ordinal)
        || path.StartsWith("/usr/bin/", StringComparison.Ordinal)
        || path.StartsWith("/usr/sbin/", StringComparison.Ordinal)
            ? path["/usr".Length..]
            : path;

    private Dictionary<string, string> ReadStanzas()
    {
        IEnumerable<string> files = _source.List(StatusFolder)
            .Select(e => e.Path)
            .Where(p => !p.EndsWith(SumsSuffix, StringComparison.Ordinal))
            .Prepend(StatusPath);
        Dictionary<string, string> stanzas = new(StringComparer.Ordinal);
        foreach (string stanza in files
            .Select(f => _source.Read(f) is byte[] content ? Encoding.UTF8.GetString(content) : "")
            .SelectMany(text => text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)))
        {
            // The machine's own architecture comes first among several of one package.
            if (Field(stanza, "Package") is { Length: > 0 } package)
            {
                stanzas.TryAdd(package, stanza);
            }
        }

        return stanzas;
    }

    private static string Field(string stanza, string name) => stanza
        .Split('\n')
        .FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..].Trim() ?? "";

    // "Source: gcc-12 (12.2.0-14)", where its version is another.
    private static string SourceOf(string stanza) => Field(stanza, "Source").Split(' ')[0];

    // The first line of each field.
    private static string Brief(string stanza) => string.Concat(stanza
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(l => !char.IsWhiteSpace(l[0]) && !NotKept.Contains(l.Split(':')[0]))
        .Select(l => l + "\n"));
}
