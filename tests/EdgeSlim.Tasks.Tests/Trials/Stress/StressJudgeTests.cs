using System.Xml.Linq;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Stress;

namespace EdgeSlim.Tests.Trials.Stress;

[TestClass]
public sealed class StressJudgeTests
{
    private static StressSettings Settings { get; } = new()
    {
        Trial = TrialSamples.Settings,
        Load = new StressLoad(8080, "/", 50),
        Duration = TimeSpan.FromSeconds(10),
        Thresholds = new StressThresholds(TimeSpan.FromMilliseconds(50), 0.01, 40_000_000),
    };

    private static LoadResult Load { get; } = new()
    {
        Requests = 500,
        Errors = 5,
        ErrorKinds = new Dictionary<string, long> { ["status 500"] = 4, ["no answer within 10 s"] = 1 },
        Latency = new Latencies(6, 5, 20, 50, 60, 61),
        Lateness = new Latencies(0.1, 0.1, 0.2, 0.3, 0.4, 0.5),
        Parts = [],
    };

    private static StressObservation Good { get; } = new([TrialSamples.Good with { PeakBytes = 40_000_000 }], Load, null, []);

    public static IEnumerable<(StressObservation Seen, string Code, string Text)> Bad =>
    [
        (Good with { Load = Load with { Latency = Load.Latency! with { P99 = 50.1 } } }, DiagnosticCodes.StressTooSlow, "99 of 100 answers came within 50.1 ms, and have to within 50.0 ms (EdgeStressMaxP99)."),
        (Good with { Load = Load with { Latency = Load.Latency! with { P99 = 80 }, Lateness = Load.Lateness! with { P99 = 70 } } }, DiagnosticCodes.StressTooSlow, "This machine is busy: of that, up to 70.0 ms"),
        (Good with { Load = Load with { Errors = 6 } }, DiagnosticCodes.StressErrors, "1.2 % of the requests failed (6 of 500), and 1 % may (EdgeStressMaxErrorRate). Most of them: status 500 (4)."),
        (Good with { Starts = [TrialSamples.Good with { PeakBytes = 40_000_001 }] }, DiagnosticCodes.StressTooMuchMemory, "40.0 MB of memory at its peak"),
        (Good with { Starts = [TrialSamples.Good with { IsOutOfMemory = true, EndedItself = true, ExitCode = 137 }, TrialSamples.Good] }, DiagnosticCodes.StressOutOfMemory, "killed 1 process(es)"),
        (Good with { Starts = [TrialSamples.Good with { EndedItself = true, ExitCode = 134, LastLines = ["No usable version of libssl was found"] }, TrialSamples.Good] }, DiagnosticCodes.StressRestarted, "1 time(s). The first time it ended by signal 6 (exit code 134). Likely reason: it calls cryptography"),
        (Good with { Load = null, Command = (3, []) }, DiagnosticCodes.StressCommandFailed, "exit code 3"),
        (Good with { Starts = [TrialSamples.Good with { IsReady = false, Startup = null }] }, DiagnosticCodes.TrialNeverReady, "was not ready after"),
    ];

    [TestMethod]
    public void What_holds_its_thresholds_exactly_holds_them() => Assert.IsEmpty(StressJudge.Judge(Good, Settings));

    [TestMethod]
    [DynamicData(nameof(Bad))]
    public void Each_threshold_has_its_code(StressObservation seen, string code, string text)
    {
        TrialFailure failure = StressJudge.Judge(seen, Settings).Single();
        Assert.AreEqual(code, failure.Code);
        Assert.Contains(text, failure.Text);
    }

    [TestMethod]
    public void A_killed_neighbour_is_not_the_application()
    {
        StressObservation seen = Good with { Starts = [TrialSamples.Good with { OutOfMemoryKills = 2 }] };
        Assert.AreEqual(DiagnosticCodes.StressOutOfMemory, StressJudge.Judge(seen, Settings).Single().Code);
        Assert.IsEmpty(StressJudge.Judge(seen, Settings with { Noise = [StressNoise.Memory] }));
    }

    [TestMethod]
    public void The_result_and_its_line_say_all_figures()
    {
        using TemporaryFolder folder = new();
        TrialImage image = new(new ImageLayout(folder.Path), new LayoutImage
        {
            Descriptor = new Descriptor { MediaType = "x", Digest = Digest.Of("image"u8), Size = 1 },
            Tags = [],
            Manifest = null!,
            Config = null!,
        });
        StressObservation seen = Good with { Samples = [.. Enumerable.Range(0, 40).Select(i => Sample(i, 10_000_000))] };
        StressResult result = StressResult.Of(image, new NoEngine(), Settings, seen);
        Assert.AreEqual(
            "P99 50 ms, P50 5 ms, 1 % errors of 500 requests, 0 OOM kills, 0 restarts, 40.00 MB peak memory, throttled in 25 % of the periods (none, 500m CPU, 104.86 MB, 10 s)",
            Summary.Line(result));
        Assert.AreEqual(12, result.MaxFileDescriptors);
        Assert.IsFalse(result.IsLeakSuspected);

        StressOutcome outcome = new(new StressReport(result, Load, seen.Samples), StressJudge.Judge(Bad.First().Seen, Settings), ["last"]);
        XElement suite = XDocument.Parse(StressJUnit.Write("agent", outcome)).Root!.Element("testsuite")!;
        Assert.AreEqual("1", suite.Attribute("failures")!.Value);
        Assert.AreEqual("latency", suite.Descendants("failure").Single().Parent!.Attribute("name")!.Value);
    }

    [TestMethod]
    [DataRow(0.0, 0, false)]
    [DataRow(200_000.0, 0, true)]
    [DataRow(200_000.0, 60_000_000, false)]
    [DataRow(-200_000.0, 0, false)]
    [DataRow(20_000.0, 0, false)]
    public void Memory_that_grows_all_the_time_is_suspected(double perSecond, int sawtooth, bool isLeak)
    {
        // A heap that is collected every twentieth sample, where it is a saw.
        ResourceSample[] samples =
            [.. Enumerable.Range(0, 120).Select(i => Sample(i, (long)(30_000_000 + (perSecond * i * (sawtooth > 0 ? 0 : 1)) + (sawtooth * (i % 20 / 20.0)))))];
        MemoryTrend trend = MemoryTrend.Of(samples)!;
        Assert.AreEqual(isLeak, trend.IsLeakSuspected);
        if (sawtooth == 0)
        {
            Assert.IsInRange(perSecond * 3600 - 4000, perSecond * 3600 + 4000, trend.BytesPerHour);
        }

        Assert.IsNull(MemoryTrend.Of(samples[..10]));
        Assert.IsNull(MemoryTrend.Of([]));
    }

    private static ResourceSample Sample(int second, long bytes) => new(second, bytes + 1_000_000, bytes, second, 100, 25, 3, 12);

    private sealed class NoEngine : ITrialEngine
    {
        public string Name => "none";

        public TrialMeasures Measures => TrialMeasures.Run;

        public bool CanFilterSystemCalls => false;

        public Task<ITrialContainer> CreateAsync(TrialImage image, TrialProfile profile, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
