using System.IO.Compression;

namespace EdgeSlim.Tests;

[TestClass]
public sealed class PackageContentsTests
{
    [TestMethod]
    public void The_package_holds_exactly_these_files()
    {
        using ZipArchive package = ZipFile.OpenRead(PackedSdk.Package);
        string[] entries = [.. package.Entries.Select(e => e.FullName).Where(n => !n.EndsWith(".psmdcp", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        string[] expected =
        [
            "EdgeSlim.Sdk.nuspec",
            "README.md",
            "Sdk/Sdk.props",
            "Sdk/Sdk.targets",
            "[Content_Types].xml",
            "_rels/.rels",
            "build/EdgeSlim.Defaults.targets",
            "build/EdgeSlim.Tasks.props",
            "build/EdgeSlim.targets",
            "build/bases.json",
            "build/openssl/reduced.c",
            "build/openssl/reduced.rsp",
            "build/stages/Advice.targets",
            "build/stages/Base.targets",
            "build/stages/Compose.targets",
            "build/stages/Debug.targets",
            "build/stages/Deliver.targets",
            "build/stages/Facts.targets",
            "build/stages/Gates.targets",
            "build/stages/Guard.targets",
            "build/stages/Index.targets",
            "build/stages/Link.targets",
            "build/stages/Lock.targets",
            "build/stages/Measure.targets",
            "build/stages/Modules.targets",
            "build/stages/Needs.targets",
            "build/stages/Plan.targets",
            "build/stages/Policy.targets",
            "build/stages/Profile.targets",
            "build/stages/Publish.targets",
            "build/stages/Report.targets",
            "build/stages/Sbom.targets",
            "build/stages/Scan.targets",
            "build/stages/Slim.targets",
            "build/stages/Source.targets",
            "build/stages/Stress.targets",
            "build/stages/Trial.targets",
            "build/stages/Verify.targets",
            "build/substitutions/development.xml",
            "build/substitutions/quic.xml",
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
            "tasks/net10.0/HdrHistogram.dll",
            "tasks/net10.0/LibGit2Sharp.dll",
            "tasks/net10.0/ZstdSharp.dll",
            "tasks/net10.0/runtimes/linux-arm64/native/libgit2-5853918.so",
            "tasks/net10.0/runtimes/linux-musl-arm64/native/libgit2-5853918.so",
            "tasks/net10.0/runtimes/linux-musl-x64/native/libgit2-5853918.so",
            "tasks/net10.0/runtimes/linux-x64/native/libgit2-5853918.so",
            "tasks/net10.0/runtimes/osx-arm64/native/libgit2-5853918.dylib",
            "tasks/net10.0/runtimes/osx-x64/native/libgit2-5853918.dylib",
            "tasks/net10.0/runtimes/win-x64/native/git2-5853918.dll",
        ];
        CollectionAssert.AreEqual(expected, entries, string.Join('\n', entries));
    }

    [TestMethod]
    public void The_package_is_an_msbuild_sdk_without_dependencies()
    {
        using ZipArchive package = ZipFile.OpenRead(PackedSdk.Package);
        using StreamReader reader = new(package.GetEntry("EdgeSlim.Sdk.nuspec")!.Open());
        string nuspec = reader.ReadToEnd();

        Assert.Contains("<packageType name=\"MSBuildSdk\" />", nuspec);
        Assert.Contains("<license type=\"expression\">MIT</license>", nuspec);
        Assert.DoesNotContain("<dependency ", nuspec);
    }
}
