using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Tests.Composition;
using EdgeSlim.Tests.LinkChecks;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Cgroups;
using EdgeSlim.Trials.Engines;

namespace EdgeSlim.Tests.Trials;

/// <summary>All engines, real ones, do the same with the same image.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
public sealed class EngineTests
{
    private const string Podman = "podman";
    private const string UnderRunsc = "podman under runsc";

    private static readonly EnumerationOptions TwoLevels = new() { RecurseSubdirectories = true, MaxRecursionDepth = 1, AttributesToSkip = 0 };

    // gVisor runs in each run, without podman.
    public static IEnumerable<string> Engines => [Podman, .. RotatingAttribute.IsDue(9) ? [UnderRunsc] : Array.Empty<string>(), .. WithoutEngine];

    // What holds the program to its limits: gVisor counts its own kernel too, and has no /proc/self/status of the machine's.
    public static IEnumerable<string> OnThisKernel => Engines.Where(e => !e.EndsWith("runsc", StringComparison.Ordinal));

    public static IEnumerable<string> WithoutEngine => ["runc", "crun", "runsc", "plain"];

    // The names of the containers that the test made.
    private readonly List<string> _made = [];

    public TestContext TestContext { get; set; } = null!;

    // A name of this class's own, and before the first of its tests: nobody else's environment changes under it.
    [ClassInitialize]
    public static void SetVariable(TestContext context) => Environment.SetEnvironmentVariable("OF_THE_BUILD", "secret");

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task A_program_gets_what_the_image_and_the_trial_say(string engine)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("agent.json", "mounted");
        (TrialObservation seen, List<string> lines) = await RunAsync(engine, folder, ShellImage.Settings("") with
        {
            Profile = ShellImage.Settings("").Profile with
            {
                Arguments = ["id -u; id -g; pwd; echo $FROM $GREETING $OF_THE_BUILD; ls /srv; cat /etc/agent.json; echo;"
                    + " touch /srv/new 2>/dev/null || echo read-only; touch /tmp/new && touch /data/new && echo memory;"
                    + " grep -c eth /proc/net/dev; exit 7"],
                Environment = new Dictionary<string, string> { ["GREETING"] = "it's \"me\" $HOME" },
                Mounts = [new TrialMount("/etc/agent.json", file, true), new TrialMount("/data", null, false)],
            },
        }, asItIs: true);

        Assert.AreSequenceEqual(
            ["1234", "5678", "/srv", "image it's \"me\" $HOME", "health", "mounted", "read-only", "memory", "0"], lines);
        Assert.AreEqual(7, seen.ExitCode);
        Assert.IsTrue(seen.EndedItself);
        Assert.AreNotEqual(false, seen.IsLimited);
        AssertNothingIsLeft();
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    [DataRow(Podman)]
    [DataRow("runc")]
    [DataRow("plain")]
    public async Task A_program_for_another_processor_runs_in_its_emulator(string engine)
    {
        using TemporaryFolder folder = new();
        string source = folder.Write(
            "program.c",
            """
            #include <stdio.h>
            #include <sys/utsname.h>
            int main(int count, char **arguments) { struct utsname name; uname(&name); printf("%s of %s\n", arguments[1], name.machine); return 7; }
            """);
        await Programs.RunAsync("aarch64-linux-gnu-gcc", "-static", "-o", folder["program"], source);
        TrialSettings settings = ShellImage.Settings("hello");
        TrialImage image = ShellImage.Create(folder, c => c with { Entrypoint = ["/bin/program"] }, tar => tar.File("bin/program", folder["program"]));
        image = image with { Emulator = Programs.Find("qemu-aarch64-static") };

        TrialObservation seen;
        await using (ITrialContainer container = await CreateAsync(
            await FindAsync(engine), image, engine == Podman ? settings.Profile with { EngineArguments = ShellImage.PodmanArguments } : settings.Profile))
        {
            seen = await new Trial(container, settings).RunAsync(TestContext.CancellationToken);
        }

        Assert.AreSequenceEqual(["hello of aarch64"], [.. seen.LastLines]);
        Assert.AreEqual(7, seen.ExitCode);
        AssertNothingIsLeft();
    }

    [TestMethod]
    [DynamicData(nameof(OnThisKernel))]
    public async Task A_program_has_no_rights_and_its_use_is_seen(string engine)
    {
        using TemporaryFolder folder = new();
        TrialSettings settings = ShellImage.Settings("grep -E '^(CapEff|NoNewPrivs)' /proc/self/status; awk 'BEGIN { for (i = 0; i < 2000000; i++) s += i }'; sleep 0.2");
        (TrialObservation seen, List<string> lines) = await RunAsync(engine, folder, settings);

        Assert.AreSequenceEqual(["CapEff:\t0000000000000000", "NoNewPrivs:\t1"], lines);
        Assert.IsTrue(seen.IsReady);
        Assert.IsTrue(seen.IsLimited);
        Assert.IsInRange(100_000, 64 << 20, seen.PeakBytes!.Value);
        Assert.IsGreaterThan(TimeSpan.FromMilliseconds(20), seen.CpuTime!.Value);
        Assert.IsFalse(seen.IsOutOfMemory);
        AssertNothingIsLeft();
    }

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task One_that_eats_too_much_is_killed_and_that_is_seen(string engine)
    {
        using TemporaryFolder folder = new();
        (TrialObservation seen, _) = await RunAsync(engine, folder, ShellImage.Settings(
            "exec awk 'BEGIN { s = \"0123456789abcdef\"; while (length(s) < 200000000) s = s s; print length(s) }'"));

        Assert.IsTrue(seen.IsOutOfMemory);
        Assert.AreEqual(DiagnosticCodes.TrialOutOfMemory, TrialJudge.Judge(seen, ShellImage.Settings("")).Single().Code);
        AssertNothingIsLeft();
    }

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task A_server_is_asked_in_its_own_network_and_told_to_end(string engine)
    {
        using TemporaryFolder folder = new();
        TrialSettings settings = ShellImage.Settings("trap 'kill $!; exit 0' TERM; httpd -f -p 8080 -h /srv & wait") with
        {
            Readiness = new Readiness { HttpPath = "/health", Port = 8080 },
        };
        (TrialObservation seen, _) = await RunAsync(engine, folder, settings);

        Assert.IsTrue(seen.IsReady, seen.LastAnswer);
        Assert.AreEqual(0, seen.ExitCode);
        Assert.IsNotNull(seen.Stop);
        Assert.IsFalse(seen.IgnoredStop);
        AssertNothingIsLeft();
    }

    [TestMethod]
    [DataRow(Podman)]
    [DataRow("runc")]
    [DataRow("crun")]
    public async Task A_system_call_outside_the_profile_is_denied(string engine)
    {
        using TemporaryFolder folder = new();
        string profile = folder.Write(
            "seccomp.json",
            """
            {
              "defaultAction": "SCMP_ACT_ALLOW",
              "architectures": ["SCMP_ARCH_X86_64"],
              "syscalls": [{ "names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 }]
            }
            """);
        TrialSettings settings = ShellImage.Settings("busybox mkdir /tmp/new || echo denied");
        (_, List<string> lines) = await RunAsync(
            engine, folder, settings with { Profile = settings.Profile with { SeccompFile = profile } });

        Assert.Contains("denied", lines);
    }

    [TestMethod]
    public async Task One_that_cannot_filter_says_so()
    {
        using TemporaryFolder folder = new();
        TrialSettings settings = ShellImage.Settings("true");
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => RunAsync(
            "plain", folder, settings with { Profile = settings.Profile with { SeccompFile = folder["seccomp.json"] } }));
        Assert.AreEqual(DiagnosticCodes.TrialCannotFilter, e.Code);
    }

    [TestMethod]
    [DataRow(Podman)]
    [DynamicData(nameof(WithoutEngine))]
    public async Task What_a_killed_build_left_is_removed_by_the_next_one(string engine)
    {
        using TemporaryFolder folder = new();
        ITrialEngine found = await FindAsync(engine);
        TrialImage image = ShellImage.Create(folder);
        await using (await CreateAsync(found, image, ShellImage.Settings("true").Profile))
        {
        }

        using Process build = Command.Start("/", new Dictionary<string, string?>(), "dotnet", [ComposingProcess.Program, "try", engine, folder["oci"]], out StringBuilder output);
        Assert.IsTrue(Wait.Until(() => Said(output).Contains("started", StringComparison.Ordinal)), Said(output));

        // Looked at before it is killed: from then on, any other build of this machine may clean up after it.
        string owner = $"edgeslim-trial-{TrialOwner.Current.Machine}-{TrialOwner.Current.Boot}-{TrialOwner.Current.Namespace}-{build.Id}-{ProcessStatus.Read(build.Id)!.StartTime}-";
        Assert.IsNotEmpty(Left(owner));
        Assert.IsNotEmpty(Running(owner));
        build.Kill();
        await build.WaitForExitAsync(TestContext.CancellationToken);

        await using (await CreateAsync(found, image, ShellImage.Settings("true").Profile))
        {
            AssertGoes(() => [.. Left(owner), .. Running(owner)]);
        }

        AssertNothingIsLeft();
    }

    // Two CI containers may share a temporary folder, a host name and a machine id, and do not see each other's processes.
    [TestMethod]
    public async Task A_trial_in_another_namespace_of_processes_is_left_alone()
    {
        using TemporaryFolder folder = new();
        ITrialEngine engine = await FindAsync("plain");
        TrialImage image = ShellImage.Create(folder);
        string[] before = Left("edgeslim-trial-");
        using Process build = Command.Start(
            "/",
            new Dictionary<string, string?>(),
            "unshare",
            ["--pid", "--fork", "--mount-proc", "--kill-child", "dotnet", ComposingProcess.Program, "try", "plain", folder["oci"]],
            out StringBuilder output);
        Assert.IsTrue(Wait.Until(() => build.HasExited || Said(output).Contains("started", StringComparison.Ordinal)), Said(output));
        string[] made = [.. Left("edgeslim-trial-").Except(before).Where(l => l.StartsWith('/') && !l.Contains($"-{TrialOwner.Current.Namespace}-", StringComparison.Ordinal))];
        try
        {
            await using (await CreateAsync(engine, image, ShellImage.Settings("true").Profile))
            {
            }

            Assert.IsNotEmpty(made);
            Assert.IsEmpty(made.Where(f => !Directory.Exists(f)));
            Assert.IsFalse(build.HasExited);
        }
        finally
        {
            build.Kill();
            await build.WaitForExitAsync(TestContext.CancellationToken);

            // No later build may judge what it left.
            await TrialCgroup.RemoveAsync(name => made.Any(f => Path.GetFileName(f) == name));
            foreach (string left in made.Where(f => f.StartsWith(Path.GetTempPath(), StringComparison.Ordinal)))
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }

    [TestMethod]
    public void A_runtime_is_an_engine_where_there_is_no_other()
    {
        Assert.IsTrue(BareRuntime.IsOne("/usr/sbin/runc"));
        Assert.IsFalse(BareRuntime.IsOne("/usr/bin/podman"));
        Assert.IsTrue(Gvisor.IsRuntime("/usr/bin/runsc"));
        Assert.IsFalse(Gvisor.IsRuntime("runc"));
    }

    // One test has podman as it is on this machine, and so what is tried where its defaults do not work.
    private async Task<(TrialObservation Seen, List<string> Lines)> RunAsync(
        string engine, TemporaryFolder folder, TrialSettings settings, bool asItIs = false)
    {
        ITrialEngine found = await FindAsync(engine);
        TrialProfile profile = engine switch
        {
            UnderRunsc => settings.Profile with { Runtime = Programs.Find("runsc") },
            Podman when !asItIs => settings.Profile with { EngineArguments = ShellImage.PodmanArguments },
            _ => settings.Profile,
        };
        await using ITrialContainer container = await CreateAsync(found, ShellImage.Create(folder), profile);
        TrialObservation seen = await new Trial(container, settings with { Profile = profile }).RunAsync(TestContext.CancellationToken);
        return (seen, [.. seen.LastLines]);
    }

    // Of machines with control groups of both versions crun says that it cannot do them.
    private async Task<ITrialContainer> CreateAsync(ITrialEngine engine, TrialImage image, TrialProfile profile)
    {
        try
        {
            ITrialContainer container = await engine.CreateAsync(image, profile, TestContext.CancellationToken);
            _made.Add(container is AttachedContainer attached ? attached.Name : ((EngineContainer)container).Name);
            return container;
        }
        catch (EdgeException e) when (engine.Name == "crun" && e.Message.Contains("hybrid mode", StringComparison.Ordinal))
        {
            Assert.Inconclusive(e.Message);
            throw;
        }
    }

    private async Task<ITrialEngine> FindAsync(string engine)
    {
        string program = engine == UnderRunsc ? Podman : engine;
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        TestKinds.Check(program);
        (ITrialEngine? found, string whyNot) = await new TrialEngines(tools).FindAsync(
            program == PlainEngine.EngineName ? program : Programs.Find(program), null, false, TestContext.CancellationToken);
        Assert.IsNotNull(found, whyNot);
        return found;
    }

    // Of this test: others make containers at the same time. The names of an engine's end with a number.
    private void AssertNothingIsLeft()
    {
        Assert.IsNotEmpty(_made);
        foreach (string name in _made)
        {
            Regex itself = new(Regex.Escape(name) + "(?![0-9])");
            Assert.AreEqual("", string.Join('\n', Left(name).Where(l => itself.IsMatch(l))));
            AssertGoes(() => [.. Running(name).Where(l => itself.IsMatch(l))]);
        }
    }

    // What was killed is gone when the kernel is done with it.
    private static void AssertGoes(Func<string[]> left) =>
        Assert.IsTrue(Wait.Until(() => left().Length == 0), string.Join('\n', left()));

    // Folders, control groups and mounts.
    private static string[] Left(string prefix) =>
    [
        .. Directory.GetDirectories(Path.GetTempPath(), prefix + "*"),
        .. Directory.EnumerateDirectories("/sys/fs/cgroup", prefix + "*", TwoLevels),
        .. File.ReadAllLines("/proc/self/mountinfo").Where(l => l.Contains(prefix, StringComparison.Ordinal)),
    ];

    private static string[] Running(string prefix) =>
        [.. Process.GetProcesses().Select(p => CommandLine(p.Id)).Where(c => c.Contains(prefix, StringComparison.Ordinal))];

    private static string Said(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
