using System.Text;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>Alpine's packages: one file with the packages and, below each, its folders (F:) and files (R:).</summary>
/// <param name="source">The root file system.</param>
internal sealed class ApkDatabase(SourceFileSystem source) : IPackageDatabase
{
    public const string FilePath = "/lib/apk/db/installed";

    private readonly Lazy<Dictionary<string, string[]>> _packages = new(() => Encoding.UTF8.GetString(source.Read(FilePath)!)
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .GroupBy(lines => Field(lines, "P:"))
        .ToDictionary(g => g.Key, g => g.First()));

    public IReadOnlyDictionary<string, string> OwnersOf(IReadOnlySet<string> paths)
    {
        Dictionary<string, string> owners = new(StringComparer.Ordinal);
        foreach ((string package, string[] lines) in _packages.Value)
        {
            string folder = "/";
            foreach (string line in lines)
            {
                folder = line.StartsWith("F:", StringComparison.Ordinal) ? "/" + line[2..] : folder;
                string path = $"{folder.TrimEnd('/')}/{(line.Length > 2 ? line[2..] : "")}";
                if (line.StartsWith("R:", StringComparison.Ordinal) && paths.Contains(path))
                {
                    owners.TryAdd(path, package);
                }
            }
        }

        return owners;
    }

    public IReadOnlyList<PackageRecord> Describe(IReadOnlyList<string> names) =>
    [
        .. names.Select(n => new PackageRecord(n, Field(_packages.Value[n], "V:"), [$"/usr/share/licenses/{n}/COPYING", $"/usr/share/licenses/{n}/LICENSE"])
        {
            Architecture = Field(_packages.Value[n], "A:"),
            Source = Field(_packages.Value[n], "o:") is { Length: > 0 } origin ? origin : n,
        }),
    ];

    public IReadOnlyList<SystemFile> Records(IReadOnlyList<string> names) => names.Count == 0 ? [] :
    [
        new SystemFile(null, FilePath)
        {
            Text = string.Concat(names.Order(StringComparer.Ordinal).Select(n => Head(_packages.Value[n]) + "\n")),
            Reason = "says to scanners which packages the files are of",
        },
    ];

    // What comes before the first folder is about the package itself.
    private static string Head(string[] lines) =>
        string.Concat(lines.TakeWhile(l => !l.StartsWith("F:", StringComparison.Ordinal)).Select(l => l + "\n"));

    private static string Field(string[] lines, string name) =>
        lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..] ?? "";
}
