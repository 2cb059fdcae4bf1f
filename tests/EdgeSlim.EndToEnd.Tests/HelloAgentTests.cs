using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The main job, on the sample that a newcomer sees first.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
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
    [Rotating(14)]
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
        // The other tests publish it with other options.
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
    [Rotating(1)]
    public void A_changed_linker_argument_reaches_the_binary_and_leaves_it_again()
    {
        byte[] before = File.ReadAllBytes(Project.Binary);

        Assert.DoesNotContain("Generating native code", Project.EdgeImage("-p:StripSymbols=false").Succeeds().Output);
        Assert.IsGreaterThan(before.Length, new FileInfo(Project.Binary).Length);

        Project.EdgeImage().Succeeds();
        Assert.IsTrue(before.AsSpan().SequenceEqual(File.ReadAllBytes(Project.Binary)));
    }

    [TestMethod]
    public void A_clone_in_another_folder_gives_the_same_digest()
    {
        string digest = Facts("image").GetProperty("digest").GetString()!;

        using TemporaryFolder temporary = new();
        using AgentProjectEnvironment environment = new(Project, ("TMPDIR", temporary.Path), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"));

        CommandResult result = Project.Dotnet("publish", "-t:EdgeReproduce", "-tl:off", "-p:EdgeScan=off").Succeeds();

        Assert.Contains($"Reproduced: both builds gave {digest}.", result.Output);
        Assert.IsEmpty(Directory.GetDirectories(temporary.Path, "edgeslim-reproduce-*"));
    }

    [TestMethod]
    public void Cancelling_a_push_ends_the_run_and_leaves_the_image_whole()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        string index = File.ReadAllText(Path.Combine(Project.Layout, "index.json"));
        using Process run = Project.StartEdgeImage(out StringBuilder output, $"-p:ContainerRegistry={silent.LocalEndpoint}");
        Task<TcpClient> asked = silent.AcceptTcpClientAsync();
        while (!asked.Wait(100))
        {
            Assert.IsFalse(run.HasExited, output.ToString());
        }

        using (asked.Result)
        {
            Command.Run("/", "kill", "-INT", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).Succeeds();

            // The default timeout of the registry is longer than this: only the cancellation can have ended the run.
            Assert.IsTrue(run.WaitForExit(TimeSpan.FromSeconds(60)), "It did not end.");
        }

        run.WaitForExit();
        Assert.AreNotEqual(0, run.ExitCode);
        Assert.DoesNotContain("   at ", output.ToString());
        Assert.AreEqual(index, File.ReadAllText(Path.Combine(Project.Layout, "index.json")));
    }

    private static JsonElement Facts(string part)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Project.EdgeFolder, "facts.json")));
        return facts.RootElement.GetProperty(part).Clone();
    }

    private static long BlobBytes(string layout) =>
        new DirectoryInfo(Path.Combine(layout, "blobs/sha256")).EnumerateFiles().Sum(f => f.Length);
}
