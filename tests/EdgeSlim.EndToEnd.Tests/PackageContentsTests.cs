using System.IO.Compression;
using System.Reflection.PortableExecutable;

namespace EdgeSlim.Tests;

[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class PackageContentsTests
{
    [TestMethod]
    public void The_package_holds_exactly_these_files()
    {
        string[] expected =
        [
            "EdgeSlim.Sdk.nuspec",
            "README.md",
            "Sdk/Sdk.props",
            "Sdk/Sdk.targets",
            "[Content_Types].xml",
            "_rels/.rels",
            "build/EdgeSlim.Defaults.targets",
            "build/EdgeSlim.Folders.targets",
            "build/EdgeSlim.Mode.props",
            "build/EdgeSlim.Sources.targets",
            "build/EdgeSlim.Tasks.props",
            "build/EdgeSlim.User.targets",
            "build/EdgeSlim.targets",
            "build/EdgeSlim.targets.buildschema.json",
            "build/EdgeSlim.xsd",
            "build/analysis.globalconfig",
            "build/bases.json",
            "build/none.pubxml",
            "build/openssl/reduced.c",
            "build/openssl/reduced.rsp",
            "build/sources/EdgeConfiguration.cs",
            "build/stages/Advice.targets",
            "build/stages/Base.targets",
            "build/stages/Bundle.targets",
            "build/stages/Checksums.targets",
            "build/stages/Compose.targets",
            "build/stages/Configuration.targets",
            "build/stages/Debug.targets",
            "build/stages/Deliver.targets",
            "build/stages/Facts.targets",
            "build/stages/Gates.targets",
            "build/stages/Guard.targets",
            "build/stages/Index.targets",
            "build/stages/Link.targets",
            "build/stages/LinkCheck.targets",
            "build/stages/Lock.targets",
            "build/stages/Manifests.targets",
            "build/stages/Measure.targets",
            "build/stages/Mode.targets",
            "build/stages/Modules.targets",
            "build/stages/Needs.targets",
            "build/stages/Plan.targets",
            "build/stages/Policy.targets",
            "build/stages/Profile.targets",
            "build/stages/Promote.targets",
            "build/stages/Provenance.targets",
            "build/stages/Publish.targets",
            "build/stages/Renamed.targets",
            "build/stages/Report.targets",
            "build/stages/Reproduce.targets",
            "build/stages/Sbom.targets",
            "build/stages/Scan.targets",
            "build/stages/Slim.targets",
            "build/stages/Source.targets",
            "build/stages/Stress.targets",
            "build/stages/Trial.targets",
            "build/substitutions/development.xml",
            "build/substitutions/quic.xml",
            "icon.png",
            "tasks/linux-arm64/EdgeSlim.Tasks.deps.json",
            "tasks/linux-arm64/EdgeSlim.Tasks.dll",
            "tasks/linux-arm64/HdrHistogram.dll",
            "tasks/linux-arm64/LibGit2Sharp.dll",
            "tasks/linux-arm64/ZstdSharp.dll",
            "tasks/linux-arm64/libgit2-5853918.so",
            "tasks/linux-x64/EdgeSlim.Tasks.deps.json",
            "tasks/linux-x64/EdgeSlim.Tasks.dll",
            "tasks/linux-x64/HdrHistogram.dll",
            "tasks/linux-x64/LibGit2Sharp.dll",
            "tasks/linux-x64/ZstdSharp.dll",
            "tasks/linux-x64/libgit2-5853918.so",
            "tasks/net10.0/EdgeSlim.Tasks.deps.json",
            "tasks/net10.0/EdgeSlim.Tasks.dll",
            "tasks/net10.0/Fractions.dll",
            "tasks/net10.0/HdrHistogram.dll",
            "tasks/net10.0/KubernetesClient.dll",
            "tasks/net10.0/LibGit2Sharp.dll",
            "tasks/net10.0/YamlDotNet.dll",
            "tasks/net10.0/ZstdSharp.dll",
            "tasks/net10.0/runtimes/linux-arm64/native/libgit2-5853918.so",
            "tasks/net10.0/runtimes/linux-musl-arm64/native/libgit2-5853918.so",
            "tasks/net10.0/runtimes/linux-musl-x64/native/libgit2-5853918.so",
            "tasks/net10.0/runtimes/linux-x64/native/libgit2-5853918.so",
            "tasks/net10.0/runtimes/osx-arm64/native/libgit2-5853918.dylib",
            "tasks/net10.0/runtimes/osx-x64/native/libgit2-5853918.dylib",
            "tasks/net10.0/runtimes/win-x64/native/git2-5853918.dll",
        ];
        Holds(PackedSdk.Package, expected);
    }

    [TestMethod]
    public void The_package_of_templates_holds_exactly_these_files() => Holds(
        PackedSdk.Templates,
        [
            "EdgeSlim.Templates.nuspec",
            "README.md",
            "[Content_Types].xml",
            "_rels/.rels",
            "content/edgeagent/.gitignore",
            "content/edgeagent/.template.config/dotnetcli.host.json",
            "content/edgeagent/.template.config/template.json",
            "content/edgeagent/Acme.Agent-1.csproj",
            "content/edgeagent/Agent.cs",
            "content/edgeagent/Program.cs",
            "content/edgeagent/README.md",
            "content/edgeagent/appsettings.Production.json",
            "content/edgeagent/appsettings.json",
            "content/edgegateway/.gitignore",
            "content/edgegateway/.template.config/dotnetcli.host.json",
            "content/edgegateway/.template.config/template.json",
            "content/edgegateway/Acme.Gateway-1.csproj",
            "content/edgegateway/Program.cs",
            "content/edgegateway/README.md",
            "content/edgegateway/Readings.cs",
            "content/edgegateway/appsettings.Production.json",
            "content/edgegateway/appsettings.json",
            "icon.png",
        ]);

    [TestMethod]
    public void The_package_is_an_msbuild_sdk_without_dependencies()
    {
        using ZipArchive package = ZipFile.OpenRead(PackedSdk.Package);
        using StreamReader reader = new(package.GetEntry("EdgeSlim.Sdk.nuspec")!.Open());
        string nuspec = reader.ReadToEnd();

        Assert.Contains("<packageType name=\"MSBuildSdk\" />", nuspec);
        Assert.DoesNotContain("<dependency ", nuspec);
    }

    [TestMethod]
    public void The_packages_say_what_they_are()
    {
        foreach (string file in (string[])[PackedSdk.Package, PackedSdk.Templates])
        {
            using ZipArchive package = ZipFile.OpenRead(file);
            using StreamReader reader = new(package.Entries.Single(e => e.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
            string nuspec = reader.ReadToEnd();
            Assert.Contains("<license type=\"expression\">MIT</license>", nuspec);
            Assert.Contains("<readme>README.md</readme>", nuspec);
            Assert.Contains("<icon>icon.png</icon>", nuspec);
            Assert.Contains("<tags>", nuspec);
            Assert.Contains("<releaseNotes>", nuspec);
            Assert.Contains("### Added", nuspec);
            Assert.DoesNotContain("## [", nuspec);
            Assert.DoesNotContain(Repository.Root, nuspec);
        }
    }

    [TestMethod]
    public void The_tasks_have_their_symbols_within_them()
    {
        using ZipArchive package = ZipFile.OpenRead(PackedSdk.Package);
        foreach (ZipArchiveEntry entry in package.Entries.Where(e => e.Name == "EdgeSlim.Tasks.dll"))
        {
            using MemoryStream content = new();
            using (Stream stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            content.Position = 0;
            using PEReader assembly = new(content);
            Assert.IsTrue(
                assembly.ReadDebugDirectory().Any(d => d.Type == DebugDirectoryEntryType.EmbeddedPortablePdb), entry.FullName);
        }
    }

    private static void Holds(string file, string[] expected)
    {
        using ZipArchive package = ZipFile.OpenRead(file);
        string[] entries = [.. package.Entries.Select(e => e.FullName).Where(n => !n.EndsWith(".psmdcp", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(expected, entries, string.Join('\n', entries));
    }
}
