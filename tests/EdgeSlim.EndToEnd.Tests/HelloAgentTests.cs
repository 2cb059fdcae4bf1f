using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The main job, on the sample that a newcomer sees first.</summary>
[TestClass]
[DoNotParallelize]
public sealed class HelloAgentTests
{
    private static AgentProject Project => PublishedAgent.Project;

    [TestMethod]
    public void The_log_ends_with_one_summary()
    {
        string output = PublishedAgent.Result.Output;

        Assert.Contains($"helloagent:{PublishedAgent.Tag} (linux/amd64)", output);
        Assert.Contains("digest     sha256:", output);
        Assert.Contains("base       scratch: the executable is static", output);
        Assert.Contains(" compressed, ", output);
        Assert.Contains($"layout     {Project.Layout}", output);
        Assert.AreEqual(1, output.Split("digest     ").Length - 1, output);
    }

    [TestMethod]
    public void The_binary_is_static_and_stripped()
    {
        string headers = Command.Run("/", "readelf", "-lSW", Project.Binary).Succeeds().Output;

        Assert.DoesNotContain("INTERP", headers);
        Assert.DoesNotContain(".symtab", headers);
        Assert.DoesNotContain(".debug_", headers);
    }

    [TestMethod]
    public void The_whole_image_is_at_most_990_000_bytes()
    {
        long size = Facts("image").GetProperty("compressedBytes").GetInt64();

        Assert.AreEqual(BlobBytes(Project.Layout), size);
        Assert.IsLessThanOrEqualTo(990_000, size);
    }

    [TestMethod]
    public void The_extreme_tier_is_at_most_940_000_bytes_and_runs()
    {
        using AgentProject project = PublishedAgent.Create("<EdgeOptimize>Extreme</EdgeOptimize>");
        string commit = project.Commit();
        project.EdgeImage("-p:EdgeLoad=true").Succeeds();

        Assert.IsLessThanOrEqualTo(940_000, BlobBytes(project.Layout));
        string image = $"localhost/helloagent:{commit[..12]}";
        try
        {
            Assert.Contains("Hello from nonroot in /app", Podman.Run(image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    [TestMethod]
    public void The_symbols_lie_where_a_debugger_looks_for_them()
    {
        string notes = Command.Run("/", "readelf", "-n", Project.Binary).Succeeds().Output;
        string buildId = notes.Split("Build ID: ")[1].Split('\n')[0].Trim();
        string symbols = Path.Combine(Project.EdgeFolder, $"symbols/.build-id/{buildId[..2]}/{buildId[2..]}.debug");

        Assert.IsTrue(File.Exists(symbols), symbols);
        Assert.Contains(".debug_info", Command.Run("/", "readelf", "-SW", symbols).Succeeds().Output);

        // Also after a run in which nothing changed, for which the SDK copies them again.
        Project.EdgeImage().Succeeds();
        Assert.IsTrue(File.Exists(symbols), symbols);
        Assert.IsFalse(File.Exists(Path.Combine(Project.Folder, "bin/Release/net10.0/linux-x64/publish/HelloAgent.dbg")));
    }

    [TestMethod]
    public void The_facts_name_what_was_left_out_and_why()
    {
        JsonElement excluded = Facts("payload").GetProperty("excluded")[0];

        Assert.AreEqual("HelloAgent.dbg", excluded.GetProperty("path").GetString());
        Assert.IsGreaterThan(1_000_000, excluded.GetProperty("size").GetInt64());
        Assert.Contains("symbols", excluded.GetProperty("reason").GetString()!);
    }

    [TestMethod]
    public Task The_bills_of_materials_have_what_was_restored()
    {
        Project.EdgeImage("--no-restore", "-p:EdgeSbomFormat=both").Succeeds();
        return SampleSbom.HoldsAsync(Project.Folder, Project.EdgeFolder, SampleSbom.Toolchain);
    }

    [TestMethod]
    public void The_root_file_system_has_what_dotnet_needs_and_nothing_else()
    {
        Command.Require("umoci", "umoci");
        using TemporaryFolder folder = new();
        string bundle = folder["bundle"];
        Command.Run(folder.Path, "umoci", "unpack", "--image", $"{Project.Layout}:{PublishedAgent.Tag}", bundle).Succeeds();

        string listing = Command.Run(
            Path.Combine(bundle, "rootfs"), "find", ".", "-mindepth", "1", "-printf", "%P %m %U:%G\\n").Succeeds().Output;
        string[] expected =
        [
            "app 755 0:0",
            "app/HelloAgent 755 0:0",
            "etc 755 0:0",
            "etc/group 644 0:0",
            "etc/passwd 644 0:0",
            "home 755 0:0",
            "home/nonroot 700 65532:65532",
            "tmp 1777 0:0",
            "usr 755 0:0",
            "usr/share 755 0:0",
            "usr/share/sbom 755 0:0",
            "usr/share/sbom/HelloAgent.cdx.json 644 0:0",
        ];
        string[] actual = [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(expected, actual, listing);
    }

    [TestMethod]
    public void It_runs_with_32_megabytes_a_read_only_root_and_no_capabilities()
    {
        string image = $"localhost/helloagent:{PublishedAgent.Tag}";
        Project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        try
        {
            CommandResult result = Podman.Run(image, "first", "sec ond").Succeeds();

            Assert.Contains("Hello from nonroot in /app", result.Output);
            Assert.Contains("argument: sec ond", result.Output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    [TestMethod]
    public void Two_clones_in_two_folders_give_one_digest()
    {
        using TemporaryFolder clones = new();
        string[] digests = [.. new[] { "one", "a/longer path/two" }.Select(name =>
        {
            string clone = clones[name];
            Command.Run("/", Project.Environment, "git", "clone", "-q", Project.Folder, clone).Succeeds();
            Command.Run(clone, Project.Environment, "dotnet", "publish", "-t:EdgeImage").Succeeds();
            using JsonDocument index = JsonDocument.Parse(
                File.ReadAllText(Path.Combine(clone, "bin/Release/net10.0/linux-x64/edge/oci/index.json")));
            return index.RootElement.GetProperty("manifests")[0].GetProperty("digest").GetString()!;
        })];

        Assert.AreEqual(digests[0], digests[1]);
        Assert.AreEqual(digests[0], Facts("image").GetProperty("digest").GetString());
    }

    private static JsonElement Facts(string part)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Project.EdgeFolder, "facts.json")));
        return facts.RootElement.GetProperty(part).Clone();
    }

    private static long BlobBytes(string layout) =>
        new DirectoryInfo(Path.Combine(layout, "blobs/sha256")).EnumerateFiles().Sum(f => f.Length);
}
