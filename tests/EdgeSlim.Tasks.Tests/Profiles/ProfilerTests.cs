using System.Diagnostics;
using EdgeSlim.Diagnostics;
using EdgeSlim.Profiles;
using EdgeSlim.Publishing;
using EdgeSlim.Tests.Trials;
using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Profiles;

/// <summary>Real tracers, a real engine and the real kernel, with a shell that does what it is told.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ProfilerTests
{
    private readonly RecordingSink _sink = new();

    public TestContext TestContext { get; set; } = null!;

    // Each takes half a minute. What strace writes is read in each run.
    public static IEnumerable<string> Each => ["bpftrace", .. RotatingAttribute.IsDue(3) ? ["strace"] : Array.Empty<string>()];

    // A tracer that was told to end takes its time, but none outlives its build.
    [ClassCleanup]
    public static void NoTracerIsLeft() => Assert.IsTrue(
        Wait.Until(() => !Tracers().Any()), string.Join(", ", Tracers()));

    [TestMethod]
    [DynamicData(nameof(Each))]
    public async Task What_it_does_is_learned_and_it_does_it_again_under_its_profile(string tracer)
    {
        using TemporaryFolder folder = new();
        ProfileOutcome outcome = await LearnAsync(folder, tracer, "cat /srv/health; ls /srv >/dev/null; nc -w 1 127.0.0.1 9 </dev/null; exit 0");

        Assert.IsEmpty(outcome.Trial.Failures, string.Join('\n', outcome.Trial.Failures.Select(f => f.Text)));
        Assert.IsEmpty(outcome.Refused);
        ProfileResult learned = outcome.Result!;
        Assert.AreEqual(tracer, learned.Tracer);
        Assert.Contains("/srv/health", learned.Opened);
        Assert.Contains("127.0.0.1:9", learned.Connections);
        CollectionAssert.IsSubsetOf(new[] { "connect", "openat", "write", "getdents64" }, learned.Syscalls.ToArray());
        // What runc did before the profile held is not in it.
        Assert.IsEmpty(learned.RuntimeSyscalls.Intersect(["mount", "pivot_root", "setns", "unshare"]));
        Assert.AreSequenceEqual(["/etc/passwd"], learned.Unopened.Select(f => f.Path));
    }

    [TestMethod]
    [DynamicData(nameof(Each))]
    public async Task What_it_did_not_do_before_is_refused_and_named_by_bpftrace(string tracer)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["data"]);
        File.SetUnixFileMode(folder["data"], (UnixFileMode)0b111_111_111);
        // Without a child, which might not get to it: waiting for one is refused too.
        const string script = "if [ -e /data/was ]; then exec ln -s was /tmp/link; fi; exec touch /data/was";
        ProfileOutcome outcome = await LearnAsync(folder, tracer, script, new TrialMount("/data", folder["data"], false));

        Assert.Contains("with exit code 1", outcome.Trial.Failures.Single().Text);
        if (tracer == "bpftrace")
        {
            Assert.Contains("symlink", outcome.Refused);
        }
    }

    [TestMethod]
    public async Task A_shell_that_does_not_do_well_by_itself_has_no_profile()
    {
        using TemporaryFolder folder = new();
        ProfileOutcome outcome = await LearnAsync(folder, "bpftrace", "exit 4");
        Assert.AreEqual(DiagnosticCodes.TrialCrashed, outcome.Trial.Failures.Single().Code);
        Assert.IsNull(outcome.Result);
        Assert.IsFalse(File.Exists(folder["seccomp.json"]));
    }

    [TestMethod]
    public async Task One_that_cannot_be_used_has_no_profile_either()
    {
        using TemporaryFolder folder = new();
        ProfileRequest request = Request(folder, "bpftrace", "trap 'exit 0' TERM; while :; do sleep 0.1; done");
        ProfileOutcome outcome = await LearnAsync(request with
        {
            Settings = request.Settings with { Readiness = new Readiness { Alive = TimeSpan.FromMilliseconds(10) } },
            Exercise = new Exercise(8080, [], "echo no such thing; exit 3", folder.Path),
        });

        // On a busy machine the shell may be told to end before it listens, which is said too.
        TrialFailure failure = outcome.Trial.Failures[0];
        Assert.AreEqual(DiagnosticCodes.ExerciseFailed, failure.Code);
        Assert.Contains("exit code 3: no such thing", failure.Text);
        Assert.IsNull(outcome.Result);
    }

    [TestMethod]
    public async Task What_cannot_be_watched_is_said()
    {
        using TemporaryFolder folder = new();
        ProfileRequest request = Request(folder, "bpftrace", "exit 0");
        async Task<string> CodeOf(ProfileRequest r) => (await Assert.ThrowsExactlyAsync<EdgeException>(() => LearnAsync(r))).Code;

        Assert.AreEqual(DiagnosticCodes.UnknownSyscall, await CodeOf(request with { Syscalls = ["sendfile64"] }));
        Assert.AreEqual(DiagnosticCodes.NoProfileEngine, await CodeOf(request with { Engine = "runc" }));
        Assert.AreEqual(DiagnosticCodes.NoProfileEngine, await CodeOf(request with { Engine = "/gone/podman" }));
        Assert.AreEqual(DiagnosticCodes.NoTracer, await CodeOf(request with { Tracer = "/gone/strace" }));
    }

    private async Task<ProfileOutcome> LearnAsync(TemporaryFolder folder, string tracer, string script, params TrialMount[] mounts) =>
        await LearnAsync(Request(folder, tracer, script, mounts));

    private Task<ProfileOutcome> LearnAsync(ProfileRequest request) => new Profiler(
        new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? ""), _sink).LearnAsync(request, TestContext.CancellationToken);

    private static ProfileRequest Request(TemporaryFolder folder, string tracer, string script, params TrialMount[] mounts)
    {
        Programs.Find("podman");
        Programs.Find(tracer);
        TrialSettings settings = ShellImage.Settings(script);
        return new ProfileRequest
        {
            Layout = ShellImage.Create(folder).Layout,
            Settings = settings with { Profile = settings.Profile with { Mounts = mounts, EngineArguments = ShellImage.PodmanArguments } },
            Exercise = new Exercise(8080, [], null, folder.Path),
            Tracer = tracer,
            SeccompFile = folder["seccomp.json"],
        };
    }

    private static IEnumerable<string> Tracers() => Process.GetProcesses()
        .Where(p => p.ProcessName is "bpftrace" or "strace" && IsOurs(p.Id))
        .Select(p => $"{p.ProcessName} {p.Id}");

    // Others may trace on this machine too.
    private static bool IsOurs(int id)
    {
        try
        {
            return Parent(Parent(id)) == Environment.ProcessId;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int Parent(int id) => File.Exists($"/proc/{id}/stat")
        ? int.Parse(File.ReadAllText($"/proc/{id}/stat").Split(") ")[1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)
        : 0;
}
