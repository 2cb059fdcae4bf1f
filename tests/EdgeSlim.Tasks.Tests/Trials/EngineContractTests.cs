using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Tests.Delivery;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Engines;

namespace EdgeSlim.Tests.Trials;

/// <summary>What the engines are told, by programs in their place.</summary>
[TestClass]
public sealed class EngineContractTests
{
    // Writes down what it is told, and answers as its part in the test says.
    private const string Engine =
        """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$*" >> "$here/commands"
        case "$1" in
          load) cat > /dev/null ;;
          create) env > "$here/environment"; cat "$(echo "$*" | sed 's/.*--env-file \([^ ]*\).*/\1/')" > "$here/file"; cat "$here/fails" 2>/dev/null && exit 125; true ;;
          ps) cat "$here/containers" 2>/dev/null; [ ! -e "$here/listing-fails" ] ;;
          images) cat "$here/images" 2>/dev/null; [ ! -e "$here/listing-fails" ] ;;
          inspect) case "$*" in *StartedAt*) cat "$here/started" ;; *) echo "0 abc" ;; esac ;;
          start) echo "hello"; echo "last words" >&2; exit 125 ;;
          info) cat "$here/options" 2>/dev/null || echo '[name=seccomp]' ;;
          version) cat "$here/broken" 2>/dev/null && exit 1; true ;;
        esac
        """;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Docker_is_told_the_hard_profile_and_no_secrets()
    {
        using TemporaryFolder folder = new();
        TrialProfile profile = TrialSamples.Settings.Profile with
        {
            Runtime = "runsc",
            SeccompFile = "/work/seccomp.json",
            Environment = new Dictionary<string, string> { ["TOKEN"] = "s3cret", ["DOCKER_HOST"] = "tcp://app", ["LINES"] = "one\ntwo" },
            Arguments = ["--serve"],
            EngineArguments = ["--ulimit", "nofile=64"],
            Mounts = [new TrialMount("/data", null, false), new TrialMount("/app/a.json", "/src/a.json", true)],
        };
        await using (await CreateAsync(folder, "docker", profile))
        {
        }

        string commands = await File.ReadAllTextAsync(folder["commands"], TestContext.CancellationToken);
        string create = commands.Split('\n').Single(c => c.StartsWith("create ", StringComparison.Ordinal));
        Assert.Contains(
            "--pull=never --read-only --tmpfs /tmp --cap-drop=ALL --security-opt=no-new-privileges"
            + " --memory=104857600 --memory-swap=104857600 --cpus=0.5 --user=65532:65532 --network=none --runtime=runsc --security-opt=seccomp=/work/seccomp.json"
            + " --env-file ",
            create);
        Assert.Contains(
            " -e LINES --tmpfs /data -v /src/a.json:/app/a.json:ro --ulimit nofile=64 edgeslim-trial:",
            create);
        Assert.EndsWith(" --serve", create);
        Assert.DoesNotContain("s3cret", commands);
        Assert.AreEqual("TOKEN=s3cret\nDOCKER_HOST=tcp://app\n", await File.ReadAllTextAsync(folder["file"], TestContext.CancellationToken));
        string environment = await File.ReadAllTextAsync(folder["environment"], TestContext.CancellationToken);
        Assert.DoesNotContain("tcp://app", environment);
        Assert.Contains("LINES=one\ntwo", environment);
        string name = $"edgeslim-trial-{TrialOwner.Current}";
        Assert.Contains($"rm -f -v {name}", commands);
        Assert.Contains($"rmi edgeslim-trial:{TrialOwner.Current}", commands);
    }

    [TestMethod]
    public async Task A_variable_that_the_engine_would_read_is_refused()
    {
        using TemporaryFolder folder = new();
        TrialProfile profile = TrialSamples.Settings.Profile with
        {
            Environment = new Dictionary<string, string> { ["DOCKER_CERT_PATH"] = "one\ntwo" },
        };
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => CreateAsync(folder, "docker", profile));
        Assert.AreEqual(DiagnosticCodes.TrialEngineFailed, e.Code);
        Assert.Contains("'DOCKER_CERT_PATH'", e.Message);
    }

    [TestMethod]
    [DataRow("[name=seccomp,profile=builtin]", false)]
    [DataRow("[name=seccomp,profile=builtin name=userns]", true)]
    [DataRow("[name=rootless]", true)]
    public async Task An_image_that_runs_as_root_is_not_run_as_root_of_the_machine(string options, bool isTaken)
    {
        using TemporaryFolder folder = new();
        folder.WriteProgram("docker", Engine);
        folder.Write("options", options);
        TrialEngines engines = new(new MachineTools(folder.Path));
        (ITrialEngine? engine, string whyNot) = await engines.FindAsync(null, null, true, TestContext.CancellationToken);

        // Another one, such as 'plain' for root, may make a user namespace.
        Assert.AreEqual(isTaken, engine?.Name == "docker", whyNot);
        if (Environment.IsPrivilegedProcess)
        {
            folder.WriteProgram("podman", Engine);
            Assert.AreNotEqual("podman", (await engines.FindAsync(null, null, true, TestContext.CancellationToken)).Engine?.Name);
            Assert.AreEqual("podman", (await engines.FindAsync(null, null, false, TestContext.CancellationToken)).Engine?.Name);
        }

        Assert.AreEqual("docker", (await engines.FindAsync("docker", null, true, TestContext.CancellationToken)).Engine?.Name);
    }

    [TestMethod]
    public async Task What_dead_builds_left_is_removed_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        string dead = $"{TrialOwner.Current with { StartTime = "1" }}-1";
        string alive = $"{TrialOwner.Current}-99";
        folder.Write("containers", $"edgeslim-trial-{dead}\nedgeslim-trial-{alive}\nedgeslim-trial-mine\n");
        folder.Write("images", $"localhost/edgeslim-trial:{dead}\nlocalhost/edgeslim-trial:{alive}\nagent:1.0\n");
        await using (await CreateAsync(folder, "nerdctl", TrialSamples.Settings.Profile))
        {
        }

        string commands = await File.ReadAllTextAsync(folder["commands"], TestContext.CancellationToken);
        Assert.Contains($"rm -f -v edgeslim-trial-{dead}\n", commands);
        Assert.Contains($"rmi localhost/edgeslim-trial:{dead}\n", commands);
        Assert.DoesNotContain(alive, commands);
        Assert.DoesNotContain("mine", commands);
        Assert.DoesNotContain("agent", commands);
    }

    // podman fails where somebody else removes an image while it lists them.
    [TestMethod]
    public async Task A_listing_that_fails_leaves_the_rest_to_the_next_build()
    {
        using TemporaryFolder folder = new();
        string dead = $"{TrialOwner.Current with { StartTime = "1" }}-1";
        folder.Write("containers", $"edgeslim-trial-{dead}\n");
        folder.Write("images", $"localhost/edgeslim-trial:{dead}\n");
        folder.Write("listing-fails", "");
        await using (await CreateAsync(folder, "podman", TrialSamples.Settings.Profile))
        {
        }

        Assert.DoesNotContain(dead, (await File.ReadAllTextAsync(folder["commands"], TestContext.CancellationToken)).Replace("inspect", "", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task An_engine_that_makes_no_container_is_named_and_leaves_no_image()
    {
        using TemporaryFolder folder = new();
        folder.Write("fails", "no such runtime\n");
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => CreateAsync(folder, "docker", TrialSamples.Settings.Profile));
        Assert.AreEqual(DiagnosticCodes.TrialEngineFailed, e.Code);
        Assert.Contains("'docker create' failed: no such runtime", e.Message);
        Assert.Contains("rmi edgeslim-trial:", await File.ReadAllTextAsync(folder["commands"], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_daemon_that_does_not_answer_is_not_waited_for()
    {
        using TemporaryFolder folder = new();
        folder.WriteProgram("docker", "#!/bin/sh\nexec sleep 600\n");
        (ITrialEngine? engine, string whyNot) = await new TrialEngines(new MachineTools(folder.Path))
            .FindAsync("docker", null, false, TestContext.CancellationToken);

        Assert.IsNull(engine);
        Assert.Contains("30 s", whyNot);
    }

    [TestMethod]
    [DataRow("0001-01-01T00:00:00Z", true)]
    [DataRow("2026-01-02T03:04:05Z", false)]
    public async Task An_exit_code_of_the_engine_is_told_from_one_of_the_application(string startedAt, bool isEngine)
    {
        using TemporaryFolder folder = new();
        folder.Write("started", startedAt);
        await using ITrialContainer container = await CreateAsync(folder, "docker", TrialSamples.Settings.Profile);
        List<string> lines = [];
        Task<int> run = container.RunAsync(
            line =>
            {
                lock (lines)
                {
                    lines.Add(line);
                }
            },
            TestContext.CancellationToken);
        if (isEngine)
        {
            Assert.Contains("failed: ", (await Assert.ThrowsExactlyAsync<EdgeException>(() => run)).Message);
        }
        else
        {
            Assert.AreEqual(125, await run);

            // Of two streams: which of them is read first, nobody says.
            Assert.AreSequenceEqual(["hello", "last words"], [.. lines.Order(StringComparer.Ordinal)]);
        }

        // The number of a process on another machine is of none here.
        Assert.IsNull(await container.FindProcessAsync(TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task The_first_engine_that_works_is_taken()
    {
        using TemporaryFolder folder = new();
        folder.WriteProgram("docker/docker", Engine);
        folder.Write("docker/broken", "Cannot connect to the Docker daemon\n");
        folder.WriteProgram("nerdctl/nerdctl", Engine);
        TrialEngines engines = new(new MachineTools($"{folder["docker"]}:{folder["nerdctl"]}:/usr/bin/none"));

        Assert.AreEqual("nerdctl", (await engines.FindAsync(null, null, false, TestContext.CancellationToken)).Engine?.Name);
        (ITrialEngine? engine, string whyNot) = await engines.FindAsync("docker", null, false, TestContext.CancellationToken);
        Assert.IsNull(engine);
        Assert.AreEqual("'docker' does not work: Cannot connect to the Docker daemon", whyNot);
        Assert.AreEqual("'podman' is not on PATH", (await engines.FindAsync("podman", null, false, TestContext.CancellationToken)).WhyNot);
    }

    private async Task<ITrialContainer> CreateAsync(TemporaryFolder folder, string name, TrialProfile profile)
    {
        string engine = folder.WriteProgram(name, Engine);
        EdgeSlim.Delivery.DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        LayoutImage anonymous = image.Image with { Config = image.Image.Config with { Config = null } };
        return await new CommandLineEngine(engine).CreateAsync(
            new TrialImage(image.Layout, anonymous), profile, TestContext.CancellationToken);
    }
}
