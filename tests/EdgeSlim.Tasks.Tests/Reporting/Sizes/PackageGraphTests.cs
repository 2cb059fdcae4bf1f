using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Tests.Reporting.Sizes;

[TestClass]
public sealed class PackageGraphTests
{
    private const string Assets = """
        {
          "version": 4,
          "targets": {
            "net10.0": {},
            "net10.0/linux-x64": {
              "Foo/1.2.3": { "type": "package", "dependencies": { "Bar": "2.0.0" }, "runtime": { "lib/net8.0/Foo.dll": {} } },
              "Bar/2.0.0": { "type": "package", "dependencies": { "Baz": "1.0.0", "Foo": "1.0.0" }, "runtime": { "lib/net8.0/Bar.Core.dll": {}, "lib/net8.0/_._": {} } },
              "Baz/1.0.0": { "type": "package", "native": { "runtimes/linux-x64/native/libbaz.so": {} } },
              "Lib/1.0.0": { "type": "project", "dependencies": { "Baz": "1.0.0" } }
            }
          },
          "project": { "frameworks": { "net10.0": { "dependencies": { "foo": { "target": "Package" } } } } }
        }
        """;

    [TestMethod]
    public void Packages_are_read_with_their_versions_assemblies_and_ways()
    {
        PackageGraph graph = Read(Assets);

        Assert.AreEqual("Foo 1.2.3 True, Bar 2.0.0 False, Baz 1.0.0 True", string.Join(", ", graph.Packages.Select(p => $"{p.Id} {p.Version} {p.IsDirect}")));
        Assert.AreEqual("Bar", graph.OfAssembly("bar.core")!.Id);
        Assert.AreEqual("Baz", graph.OfAssembly("libbaz")!.Id);
        Assert.IsNull(graph.OfAssembly("System.Private.CoreLib"));
        Assert.AreEqual("Foo > Bar", string.Join(" > ", graph.ChainTo("Bar")));
        Assert.AreEqual("Baz", string.Join(" > ", graph.ChainTo("Baz")));
        Assert.IsEmpty(graph.ChainTo("Nobody"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("[]")]
    [DataRow("{\"project\":{\"frameworks\":{}},\"targets\":{}}")]
    [DataRow("{\"project\":{\"frameworks\":3},\"targets\":{\"net10.0\":{}}}")]
    public void What_is_not_understood_has_no_packages(string assets) => Assert.IsEmpty(Read(assets).Packages);

    private static PackageGraph Read(string assets)
    {
        using TemporaryFolder folder = new();
        return PackageGraphReader.Read(folder.Write("project.assets.json", assets), "linux-x64");
    }
}
