using EdgeSlim.Diagnostics;
using EdgeSlim.Sbom;

namespace EdgeSlim.Tests.Sbom;

[TestClass]
public sealed class AssetsReaderTests
{
    private const string Assets =
        """
        {
          "targets": {
            "net10.0": {},
            "net10.0/linux-x64": {
              "Newtonsoft.Json/12.0.3": { "type": "package", "runtime": { "lib/netstandard2.0/Newtonsoft.Json.dll": {} } },
              "Native.Things/2.0.0": {
                "type": "package",
                "dependencies": { "Newtonsoft.Json": "12.0.3" },
                "runtime": { "lib/netstandard2.0/_._": {} },
                "native": { "runtimes/linux-x64/native/libthings.so": {} }
              },
              "Shared/1.0.0": { "type": "project", "runtime": { "bin/placeholder/Shared.dll": {} } }
            }
          },
          "libraries": { "Newtonsoft.Json/12.0.3": { "path": "newtonsoft.json/12.0.3" } },
          "packageFolders": { "/nowhere/": {} },
          "project": { "frameworks": { "net10.0": { "dependencies": { "Native.Things": {} } } } },
          "logs": [
            {
              "code": "NU1903", "libraryId": "newtonsoft.json",
              "message": "Package 'Newtonsoft.Json' 12.0.3 has a known high severity vulnerability, https://github.com/advisories/GHSA-5crp-9r3c-p9vr"
            },
            { "code": "NU1605", "libraryId": "Newtonsoft.Json", "message": "Detected package downgrade" }
          ]
        }
        """;

    [TestMethod]
    public void Packages_projects_and_what_they_bring_are_read()
    {
        using TemporaryFolder folder = new();
        RestoredPackages restored = AssetsReader.Read(folder.Write("assets.json", Assets), "net10.0", "linux-x64");

        Assert.AreEqual("Newtonsoft.Json, Native.Things, Shared", string.Join(", ", restored.Packages.Select(p => p.Name)));
        Assert.AreSequenceEqual(["Newtonsoft.Json"], restored.Packages[0].Assemblies);
        Assert.AreSequenceEqual(["libthings.so"], restored.Packages[1].Files);
        Assert.AreSequenceEqual(["Newtonsoft.Json"], restored.Packages[1].DependsOn);
        Assert.IsTrue(restored.Packages[2].IsProject);
        Assert.AreSequenceEqual(["Native.Things", "Shared"], restored.Direct);
    }

    [TestMethod]
    public void Findings_of_NuGets_audit_are_read_and_other_warnings_are_not()
    {
        using TemporaryFolder folder = new();
        RestoredPackages restored = AssetsReader.Read(folder.Write("assets.json", Assets), "net10.0", "linux-x64");

        Assert.AreSequenceEqual(
            [new AuditFinding("Newtonsoft.Json", "12.0.3", "HIGH", "https://github.com/advisories/GHSA-5crp-9r3c-p9vr")], restored.Audit);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("{\"targets\":{\"net9.0\":{}}}")]
    [DataRow("{\"targets\":{\"net10.0\":{}}}")]
    public void A_damaged_file_is_an_error(string content)
    {
        using TemporaryFolder folder = new();
        EdgeException error = Assert.ThrowsExactly<EdgeException>(
            () => AssetsReader.Read(folder.Write("assets.json", content), "net10.0", "linux-x64"));
        Assert.AreEqual("EDGE5020", error.Code);
    }
}
