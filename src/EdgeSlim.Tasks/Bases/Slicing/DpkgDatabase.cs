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

    // Where packages put nothing (Debian Policy 9.1.2): no list needs to be read for what is there.
    private static readonly string[] NotOfPackages = ["/home/", "/root/", "/tmp/", "/usr/local/"];

    // Of interest to package managers alone.
    private static readonly string[] NotKept = ["Conffiles", "Description-md5"];

    private readonly SourceFileSystem _source;
    private readonly Lazy<Stanzas> _stanzas;

    public DpkgDatabase(SourceFileSystem source)
    {
        _source = source;
        _stanzas = new(ReadStanzas);
    }

    public IReadOnlyDictionary<string, string> OwnersOf(IReadOnlySet<string> paths)
    {
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        if (paths.Contains(SystemFiles.CaCertificatesPath) && _stanzas.Value.Of(CaPackage) is not null)
        {
            owners[SystemFiles.CaCertificatesPath] = CaPackage;
        }

        Dictionary<string, string[]> wanted = paths
            .GroupBy(p => InPackage(p).ToString(), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        int owned = paths.Count(p => !NotOfPackages.Any(n => p.StartsWith(n, StringComparison.Ordinal)));
        if (owners.Count == owned)
        {
            return owners;
        }

        string[] likely = [.. paths.Select(Start).Distinct()];
        foreach (string list in Lists(InfoFolder, ListSuffix)
            .OrderByDescending(l => likely.Contains(Start(l)))
            .Concat(Lists(StatusFolder, SumsSuffix))
            .TakeWhile(_ => owners.Count < owned))
        {
            string package = Path.GetFileNameWithoutExtension(list).Split(':')[0];
            foreach (string path in Listed(Encoding.UTF8.GetString(_source.Read(list)!), wanted))
            {
                owners.TryAdd(path, package);
            }
        }

        return owners;
    }

    public IReadOnlyList<PackageRecord> Describe(IReadOnlyList<string> names) =>
    [
        .. from name in names
           let stanza = _stanzas.Value.Of(name)
           where stanza is not null
           select new PackageRecord(name, Field(stanza, "Version"), [$"/usr/share/doc/{name}/copyright"])
           {
               Architecture = Field(stanza, "Architecture"),
               Source = SourceOf(stanza) is { Length: > 0 } source ? source : name,
           },
    ];

    public IReadOnlyList<SystemFile> Records(IReadOnlyList<string> names) =>
    [
        .. names.Select(n => new SystemFile(null, $"{StatusFolder}/{n}")
        {
            Text = Brief(_stanzas.Value.Of(n)!),
            Reason = "says to scanners which package the files are of",
        }),
    ];

    // libssl.a is of libssl-dev, and libgcc.a of libgcc-12-dev: their lists are read first, and mostly no other.
    private static string Start(string path) => Path.GetFileName(path) is { Length: > 4 } name ? name[..4] : "";

    private IEnumerable<string> Lists(string folder, string suffix) =>
        _source.Paths(folder).Where(p => p.EndsWith(suffix, StringComparison.Ordinal));

    // A machine has a hundred thousand files of packages and more: no line becomes a string of its own.
    private static List<string> Listed(string list, Dictionary<string, string[]> wanted)
    {
        List<string> found = [];
        Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> paths = wanted.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (Range line in list.AsSpan().Split('\n'))
        {
            // A path, or a sum and a path: "d41d8cd98f00b204e9800998ecf8427e  usr/lib/libz.so.1".
            ReadOnlySpan<char> path = list.AsSpan(line);
            path = path.StartsWith('/') ? path : path[(path.LastIndexOf(' ') + 1)..];
            if (paths.TryGetValue(InPackage(path), out string[]? here))
            {
                found.AddRange(here);
            }
        }

        return found;
    }

    // dpkg knows a file by the path in its package, of which /lib became a link to /usr/lib.
    private static ReadOnlySpan<char> InPackage(ReadOnlySpan<char> path)
    {
        path = path.TrimStart('/');
        return path.StartsWith("usr/lib") || path.StartsWith("usr/bin/") || path.StartsWith("usr/sbin/") ? path["usr/".Length..] : path;
    }

    private Stanzas ReadStanzas() => new(string.Join(
        "\n\n",
        _source.Paths(StatusFolder)
            .Where(p => !p.EndsWith(SumsSuffix, StringComparison.Ordinal))
            .Prepend(StatusPath)
            .Select(f => _source.Read(f) is byte[] content ? Encoding.UTF8.GetString(content) : "")));

    private static string Field(ReadOnlySpan<char> stanza, string name)
    {
        foreach (ReadOnlySpan<char> line in stanza.EnumerateLines())
        {
            if (line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name))
            {
                return line[(name.Length + 1)..].Trim().ToString();
            }
        }

        return "";
    }

    // "Source: gcc-12 (12.2.0-14)", where its version is another.
    private static string SourceOf(string stanza) => Field(stanza, "Source").Split(' ')[0];

    // The first line of each field.
    private static string Brief(string stanza) => string.Concat(stanza
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(l => !char.IsWhiteSpace(l[0]) && !NotKept.Contains(l.Split(':')[0]))
        .Select(l => l + "\n"));

    /// <summary>The descriptions of packages (deb822(5)). A machine has hundreds, of which few are asked for.</summary>
    private sealed class Stanzas
    {
        private readonly string _text;
        private readonly Dictionary<string, int> _starts = new(StringComparer.Ordinal);

        public Stanzas(string text)
        {
            _text = text;
            for (int start = 0; start < text.Length; start = End(start) + 2)
            {
                // The machine's own architecture comes first among several of one package.
                ReadOnlySpan<char> stanza = text.AsSpan(start..End(start));
                if (Field(stanza, "Package") is { Length: > 0 } package)
                {
                    _starts.TryAdd(package, start);
                }
            }
        }

        public string? Of(string package) => _starts.TryGetValue(package, out int start) ? _text[start..End(start)] : null;

        private int End(int start) => _text.IndexOf("\n\n", start, StringComparison.Ordinal) is int end and >= 0 ? end : _text.Length;
    }
}
