using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Engines;
using EdgeSlim.Trials.Stress;

namespace EdgeSlim.Tests.Trials.Stress;

/// <summary>Real containers under real load, each with its own trouble. One after the other: they would be each other's noise.</summary>
[TestClass]
[TestCategory(TestKinds.Measure)]
[TestCategory(TestKinds.Container)]
[DoNotParallelize]
public sealed class StressRunTests
{
    private const string Serve = "httpd -f -p 8080 -h /srv & ";

    private static readonly MachineTools Tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");

    private readonly RecordingSink _sink = new();

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task One_that_holds_is_measured()
    {
        Programs.Find("stress-ng");
        StressOutcome outcome = await RunAsync(Serve + "wait", seconds: 2, noise: [StressNoise.Cpu, StressNoise.Io]);
        StressResult result = outcome.Report.Result;

        Assert.IsEmpty(outcome.Failures, string.Join(", ", outcome.Failures.Select(f => f.Text)));
        Assert.AreEqual(100, result.Requests);
        Assert.AreEqual(0, result.ErrorRate);
        Assert.AreEqual(0, result.OutOfMemoryKills);
        Assert.AreEqual(0, result.Restarts);
        Assert.IsInRange(100_000, 64 << 20, result.PeakMemoryBytes!.Value);

        // The noise computes in the same control group: no web server of this kind needs so much.
        Assert.IsGreaterThan(100, result.CpuMilliseconds!.Value);
        Assert.IsNotNull(result.ThrottledShare);
        Assert.IsNotEmpty(outcome.Report.Samples);
        Assert.IsTrue(outcome.Report.Samples.All(s => s.MemoryBytes > 0 && s.FileDescriptors > 0));
    }

    [TestMethod]
    public async Task One_that_ends_is_started_again_and_that_is_told()
    {
        StressOutcome outcome = await RunAsync(Serve + "sleep 1; echo enough; exit 3", seconds: 3);

        TrialFailure failure = outcome.Failures.First(f => f.Code == DiagnosticCodes.StressRestarted);
        Assert.Contains("with exit code 3", failure.Text);
        Assert.IsInRange(1, 3, outcome.Report.Result.Restarts);
        Assert.Contains("enough", outcome.LastLines);

        // Requests found nobody meanwhile, and somebody again after.
        Assert.IsGreaterThan(0, outcome.Report.Requests!.Errors);
        Assert.IsLessThan(outcome.Report.Requests.Requests, outcome.Report.Requests.Errors);
    }

    [TestMethod]
    public async Task One_that_eats_too_much_under_load_is_killed_and_that_is_told()
    {
        // A small limit: a busy machine hands out memory slowly, and it is to be over before the time is.
        StressOutcome outcome = await RunAsync(
            Serve + "sleep 0.5; exec dd if=/dev/zero of=/dev/null bs=200000000 count=1", seconds: 5, memoryBytes: 16 << 20);

        Assert.IsNotEmpty(outcome.Failures, outcome.Report.Result.ToString());
        Assert.AreEqual(DiagnosticCodes.StressOutOfMemory, outcome.Failures[0].Code);
        Assert.IsGreaterThan(0, outcome.Report.Result.OutOfMemoryKills);
    }

    [TestMethod]
    public async Task One_that_leaks_is_suspected()
    {
        StressOutcome outcome = await RunAsync(
            Serve + "exec awk 'BEGIN { while (1) { for (i = 0; i < 200; i++) a[n++] = sprintf(\"%1000d\", i); system(\"sleep 0.05\") } }'",
            seconds: 6);

        Assert.IsTrue(outcome.Report.Result.IsLeakSuspected, string.Join("; ", outcome.Report.Samples.Select(s => $"{s.Seconds:0.0}s {s.AnonymousBytes / 1000} kB")));
        Assert.IsGreaterThan(1e8, outcome.Report.Result.MemoryBytesPerHour!.Value);
        Assert.AreEqual(DiagnosticCodes.StressLeaks, _sink.Diagnostics.Single(d => d.Severity == DiagnosticSeverity.Warning && d.Code != DiagnosticCodes.StressBusyMachine).Code);
    }

    [TestMethod]
    [DataRow("test \"$(busybox wget -q -O - $EDGE_STRESS_URL)\" = ok && test $EDGE_STRESS_SECONDS = 1", true)]
    [DataRow("echo nobody is there; exit 4", false)]
    public async Task The_load_may_be_a_command(string command, bool holds)
    {
        Programs.Find("busybox");
        StressOutcome outcome = await RunAsync(Serve + "wait", seconds: 1, command: command);

        Assert.IsNull(outcome.Report.Requests);
        Assert.AreEqual(holds ? "" : DiagnosticCodes.StressCommandFailed, string.Join(", ", outcome.Failures.Select(f => f.Code)));
        if (!holds)
        {
            Assert.Contains("nobody is there", outcome.LastLines);
        }
    }

    [TestMethod]
    public async Task Without_the_program_there_is_no_noise()
    {
        using TemporaryFolder folder = new();
        TrialSubject subject = new(new TrialImage(new EdgeSlim.Oci.ImageLayout(folder.Path), null!), null!);
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => new Stresser(subject, new MachineTools(folder.Path), _sink)
            .RunAsync(Settings("", 1, [StressNoise.Memory], null), false, TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticCodes.StressNoNoise, e.Code);
    }

    private async Task<StressOutcome> RunAsync(
        string script, double seconds, StressNoise[]? noise = null, string? command = null, long memoryBytes = 64 << 20)
    {
        using TemporaryFolder folder = new();
        (ITrialEngine? engine, string whyNot) = await new TrialEngines(Tools).FindAsync(Programs.Find("runc"), null, false, TestContext.CancellationToken);
        Assert.IsNotNull(engine, whyNot);
        return await new Stresser(new TrialSubject(ShellImage.Create(folder), engine), Tools, _sink)
            .RunAsync(Settings(script, seconds, noise ?? [], command, memoryBytes), false, TestContext.CancellationToken);
    }

    private static StressSettings Settings(string script, double seconds, StressNoise[] noise, string? command, long memoryBytes = 64 << 20)
    {
        TrialSettings trial = ShellImage.Settings(script);
        return new StressSettings
        {
            Trial = trial with
            {
                Profile = trial.Profile with { MilliCpus = 500, RequestedMilliCpus = 250, MemoryBytes = memoryBytes, RequestedMemoryBytes = memoryBytes / 2 },
                Readiness = new Readiness { Port = 8080 },
                Limits = trial.Limits with { MaxStop = TimeSpan.FromMilliseconds(200) },
            },
            Load = new StressLoad(8080, "/health", 50) { Command = command, CommandFolder = "/" },
            Duration = TimeSpan.FromSeconds(seconds),
            Noise = noise,
            Thresholds = new StressThresholds(null, 0.01, null),
        };
    }
}
