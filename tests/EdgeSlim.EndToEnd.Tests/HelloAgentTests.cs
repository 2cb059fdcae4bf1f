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
    public void Nothing_is_compiled_or_written_when_nothing_changed()
    {
        // Another test may have asked for something else.
        Project.EdgeImage().Succeeds();
        IReadOnlyList<string> before = Written();

        CommandResult second = Project.EdgeImage().Succeeds();

        Assert.DoesNotContain("Generating native code", second.Output);
        Assert.AreSequenceEqual(before, Written());

        static IReadOnlyList<string> Written() =>
        [
            .. Directory.EnumerateFiles(Project.EdgeFolder, "*", SearchOption.AllDirectories).Append(Project.Binary)
                .Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}")
                .Order(StringComparer.Ordinal),
        ];
    }

    [TestMethod]
    public void A_changed_linker_argument_reaches_the_binary()
    {
        long before = new FileInfo(Project.Binary).Length;

        CommandResult result = Project.EdgeImage("-p:StripSymbols=false").Succeeds();
        long after = new FileInfo(Project.Binary).Length;
        Project.EdgeImage().Succeeds();

        Assert.IsGreaterThan(before, after);
        Assert.AreEqual(before, new FileInfo(Project.Binary).Length);
        Assert.DoesNotContain("Generating native code", result.Output);
    }

    private static JsonElement Facts(string part)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Project.EdgeFolder, "facts.json")));
        return facts.RootElement.GetProperty(part).Clone();
    }

    private static long BlobBytes(string layout) =>
        new DirectoryInfo(Path.Combine(layout, "blobs/sha256")).EnumerateFiles().Sum(f => f.Length);
}
