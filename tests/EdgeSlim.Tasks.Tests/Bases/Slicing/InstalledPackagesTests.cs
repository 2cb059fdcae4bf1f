using System.Text;
using EdgeSlim.Bases;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Tests.Bases.Slicing;

/// <summary>A machine has a thousand packages: of their lists only those are read that may have what is asked for.</summary>
[TestClass]
public sealed class InstalledPackagesTests
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/libssl.so.3";

    [TestMethod]
    public void The_likely_lists_are_read_first_and_no_other_where_they_have_it()
    {
        DebianRoot root = new();
        Assert.AreEqual("libssl3 3.0", Owner(root, Library));
        Assert.AreSequenceEqual(["libssl-dev.list", "libssl3:amd64.list"], root.ListsRead.Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void A_file_with_another_name_than_its_package_is_found_all_the_same()
    {
        DebianRoot root = new();
        Assert.AreEqual("zz-last 1.0", Owner(root, "/usr/share/data/some.txt"));
        Assert.HasCount(4, root.ListsRead);
    }

    [TestMethod]
    [DataRow(SystemFiles.CaCertificatesPath, "ca-certificates 2023")]
    [DataRow("/usr/local/lib/libssl.so.3", "")]
    [DataRow("/root/agent", "")]
    public void No_list_is_read_for_what_none_can_have(string path, string owner)
    {
        DebianRoot root = new();
        Assert.AreEqual(owner, Owner(root, path));
        Assert.IsEmpty(root.ListsRead);
    }

    private static string Owner(SourceFileSystem root, string path) =>
        new InstalledPackages(root).Of([path]).TryGetValue(path, out InstalledPackage? package) ? $"{package.Name} {package.Version}" : "";

    private sealed class DebianRoot : SourceFileSystem
    {
        private readonly Dictionary<string, string> _files = new()
        {
            ["/var/lib/dpkg/info/aaa.list"] = "/.\n/usr/bin/aaa\n",
            ["/var/lib/dpkg/info/aaa.md5sums"] = "",
            ["/var/lib/dpkg/info/libssl-dev.list"] = "/.\n/usr/include/openssl/ssl.h\n",
            ["/var/lib/dpkg/info/libssl3:amd64.list"] = $"/.\n{Library}\n",
            ["/var/lib/dpkg/info/zz-last.list"] = "/.\n/usr/share/data/some.txt\n",
            ["/var/lib/dpkg/status"] = Stanza("aaa", "1.0") + Stanza("ca-certificates", "2023") + Stanza("libssl3", "3.0") + Stanza("zz-last", "1.0"),
        };

        public IEnumerable<string> ListsRead => Opened.Where(f => f.EndsWith(".list", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)).Distinct();

        private List<string> Opened { get; } = [];

        public override IEnumerable<ImageEntry> List(string folder) =>
            _files.Keys.Where(f => Path.GetDirectoryName(f) == folder).Order(StringComparer.Ordinal).Select(f => Status(f)!);

        public override Stream Open(string source)
        {
            Opened.Add(source);
            return new MemoryStream(Encoding.UTF8.GetBytes(_files[source]));
        }

        protected override ImageEntry? Status(string path) =>
            _files.ContainsKey(path) ? new ImageEntry { Path = path, Kind = ImageEntryKind.File, Mode = 0, Source = path }
            : _files.Keys.Any(f => f.StartsWith(path + "/", StringComparison.Ordinal)) ? new ImageEntry { Path = path, Kind = ImageEntryKind.Folder, Mode = 0 }
            : null;

        private static string Stanza(string name, string version) => $"Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n\n";
    }
}
