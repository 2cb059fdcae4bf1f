namespace EdgeSlim.Tests;

/// <summary>
/// The SDK, packed once for all tests, under a version of its own: NuGet never unpacks a version twice, so that under a
/// fixed one the tests would see an old copy.
/// </summary>
[TestClass]
public sealed class PackedSdk
{
    private static TemporaryFolder? _feed;

    public static string Version { get; } = $"0.1.0-test.{Guid.NewGuid():N}";

    public static string Feed => _feed!.Path;

    /// <summary>The layers that are kept for all tests, and not for the user who runs them.</summary>
    public static string Cache { get; } = Directory.CreateTempSubdirectory("edgeslim-cache-").FullName;

    public static string Package => Path.Combine(Feed, $"EdgeSlim.Sdk.{Version}.nupkg");

    /// <summary>The templates, packed with it: a project that is made by one asks for the SDK of the same version.</summary>
    public static string Templates => Path.Combine(Feed, $"EdgeSlim.Templates.{Version}.nupkg");

    [AssemblyInitialize]
    public static void Pack(TestContext context)
    {
        _feed = new TemporaryFolder();
        foreach (string project in (string[])["src/EdgeSlim.Sdk", "src/EdgeSlim.Templates"])
        {
            Command.Run(
                Repository.Root,
                "dotnet",
                "pack",
                project,
                "--no-build",
                "-c",
                Repository.Configuration,
                $"-p:PackageVersion={Version}",
                "-o",
                _feed.Path).Succeeds();
        }
    }

    [AssemblyCleanup]
    public static void Remove()
    {
        PublishedAgent.Dispose();
        RuntimeBase.Dispose();
        BuildServers.End();
        _feed?.Dispose();
        Directory.Delete(Cache, recursive: true);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string unpacked = Path.Combine(packages, "edgeslim.sdk", Version);
        if (Directory.Exists(unpacked))
        {
            Directory.Delete(unpacked, recursive: true);
        }
    }
}
