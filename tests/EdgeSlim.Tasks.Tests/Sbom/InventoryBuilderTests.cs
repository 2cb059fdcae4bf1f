using EdgeSlim.Bases;
using EdgeSlim.Bases.Runtimes;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Oci;
using EdgeSlim.Sbom;

namespace EdgeSlim.Tests.Sbom;

[TestClass]
public sealed class InventoryBuilderTests
{
    [TestMethod]
    public void A_package_is_present_when_code_of_it_was_kept()
    {
        Inventory inventory = InventoryBuilder.Build(Request(Package("Kept", "Kept.Core"), Package("Gone", "Gone")));

        Assert.IsTrue(Find(inventory, "Kept").IsPresent);
        Assert.AreEqual("compiled: Kept.Core", Find(inventory, "Kept").Evidence);
        Assert.IsFalse(Find(inventory, "Gone").IsPresent);
        Assert.AreEqual("no method, type or resource of it was compiled", Find(inventory, "Gone").Evidence);
    }

    [TestMethod]
    public void A_package_is_present_when_a_native_file_of_it_is_in_the_image()
    {
        RestoredPackage native = Package("Native") with { Files = ["libe_sqlite3.so"] };
        Assert.IsTrue(Find(InventoryBuilder.Build(Request(native) with { Payload = ["libe_sqlite3.so"] }), "Native").IsPresent);
        Assert.IsFalse(Find(InventoryBuilder.Build(Request(native)), "Native").IsPresent);
    }

    [TestMethod]
    public void A_package_that_brings_nothing_to_run_is_not_present() =>
        Assert.AreEqual("it brings nothing that runs", Find(InventoryBuilder.Build(Request(Package("Analyzer"))), "Analyzer").Evidence);

    [TestMethod]
    public void A_pack_that_was_linked_from_is_found_and_named_as_advisories_name_it()
    {
        using TemporaryFolder folder = new();
        folder.Write("pack/.nupkg.metadata", "{}");
        folder.Write(
            "pack/pack.nuspec",
            """
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
              <id>Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64</id><version>10.0.12</version><license type="expression">MIT</license>
            </metadata></package>
            """);
        string linked = folder.Write("pack/runtimes/linux-x64/native/libSystem.Native.a", "");

        Inventory inventory = InventoryBuilder.Build(Request() with { Linked = [linked] });

        Component pack = Find(inventory, "Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64");
        Assert.AreEqual("linked in: libSystem.Native.a", pack.Evidence);
        Assert.AreEqual("MIT", pack.Licence!.Expression);
        Assert.AreEqual("pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@10.0.12", Find(inventory, "Microsoft.NETCore.App.Runtime.linux-x64").Purl);
    }

    [TestMethod]
    public void A_library_that_was_linked_in_is_the_package_that_brought_it_or_a_file()
    {
        using TemporaryFolder folder = new();
        string own = folder.Write("libown.a", "!<arch>");
        InstalledPackage openssl = new("libssl-dev", "3.0.22", "openssl", "pkg:deb/debian/libssl-dev@3.0.22?arch=amd64&distro=debian-12&upstream=openssl");
        Inventory inventory = InventoryBuilder.Build(Request() with
        {
            Linked = ["/usr/lib/libssl.a", "/usr/lib/libcrypto.a", own],
            Installed = new Dictionary<string, InstalledPackage> { ["/usr/lib/libssl.a"] = openssl, ["/usr/lib/libcrypto.a"] = openssl },
        });

        Assert.AreEqual("linked in: libcrypto.a, libssl.a", Find(inventory, "libssl-dev").Evidence);
        Assert.AreEqual("openssl", Find(inventory, "libssl-dev").Source);
        Assert.AreEqual(Digest.Of("!<arch>"u8).Hex, Find(inventory, "libown.a").Hash);
        Assert.AreEqual(new Distribution("debian", "12"), inventory.Distribution);
    }

    [TestMethod]
    public void A_base_image_is_a_component_and_its_frameworks_are_named_as_advisories_name_them()
    {
        Digest digest = Digest.Of("base"u8);
        Inventory inventory = InventoryBuilder.Build(Request() with
        {
            Base = new BaseImage { Name = "registry.example:5000/team/base:1.0", Digest = digest },
            Frameworks = [new SharedFramework("Microsoft.AspNetCore.App", "10.0.1")],
        });

        Assert.AreEqual(
            $"pkg:oci/base@sha256%3A{digest.Hex}?arch=amd64&repository_url=registry.example%3A5000%2Fteam%2Fbase",
            Find(inventory, "registry.example:5000/team/base:1.0").Purl);
        Assert.AreEqual("pkg:nuget/Microsoft.AspNetCore.App.Runtime.linux-x64@10.0.1", Find(inventory, "Microsoft.AspNetCore.App.Runtime.linux-x64").Purl);
    }

    [TestMethod]
    public void A_project_of_the_same_build_has_no_package_url() =>
        Assert.IsNull(Find(InventoryBuilder.Build(Request(Package("Shared", "Shared") with { IsProject = true })), "Shared").Purl);

    private static Component Find(Inventory inventory, string name) => inventory.Components.Single(c => c.Name == name);

    private static RestoredPackage Package(string name, params string[] assemblies) =>
        new() { Name = name, Version = "1.0.0", IsProject = false, Assemblies = assemblies };

    private static InventoryRequest Request(params RestoredPackage[] packages) => new()
    {
        Application = "Agent",
        Version = "1.0.0",
        Created = DateTimeOffset.UnixEpoch,
        RuntimeIdentifier = "linux-x64",
        Platform = Platform.FromRuntimeIdentifier("linux-x64")!,
        Restored = new RestoredPackages(packages, [], []),
        Kept = new KeptAssemblies(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "kept.core" }, "compiled"),
    };
}
