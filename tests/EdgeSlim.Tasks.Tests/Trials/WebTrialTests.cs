using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Tests.LinkChecks;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Engines;
using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Tests.Trials;

/// <summary>What a trial sees where nothing is said about when the application is ready: real runs.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
public sealed class WebTrialTests
{
    private const string Serve = "trap 'kill $!; exit 0' TERM; httpd -f -p 8080 -h /srv & wait";

    public static IEnumerable<string> Engines => ["plain", "runc"];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task A_program_that_prints_and_ends_is_well(string engine)
    {
        TrialObservation seen = await TryAsync(engine, "echo hello");

        Assert.IsEmpty(TrialSuspicion.Of(seen));
        Assert.IsEmpty(TrialJudge.Judge(seen, Settings("")));
        Assert.IsTrue(seen.IsReady);
        Assert.IsNotNull(seen.Startup);
    }

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task One_that_goes_on_is_well_after_a_second(string engine)
    {
        TrialObservation seen = await TryAsync(engine, "trap 'kill $!; exit 0' TERM; sleep 60 & wait");

        Assert.IsEmpty(TrialSuspicion.Of(seen));
        Assert.IsTrue(seen.IsReady);
        Assert.IsFalse(seen.EndedItself);
        Assert.IsNull(seen.IsPortOpen);
    }

    [TestMethod]
    [DataRow("exit 3", "it ends with exit code 3 after ")]
    [DataRow("sleep 0.3; exit 3", "it ends with exit code 3 after ")]
    [DataRow("exit 139", "it ends by signal 11 (exit code 139) after ")]
    public async Task One_that_ends_badly_is_suspected(string script, string text)
    {
        TrialSuspicion suspicion = TrialSuspicion.Of(await TryAsync("plain", script)).Single();

        Assert.AreEqual(SuspicionKind.Crashed, suspicion.Kind);
        Assert.StartsWith(text, suspicion.Text);
    }

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task Routes_are_asked_in_the_network_of_the_container(string engine)
    {
        TrialObservation seen = await TryAsync(engine, Serve, "/health", "/none", "/cgi-bin/fails", "/health?a=1");

        Assert.AreSequenceEqual(["/health 200", "/none 404", "/cgi-bin/fails 500", "/health?a=1 200"], seen.Routes.Select(r => $"{r.Path} {r.Status}"));
        Assert.IsTrue(seen.IsPortOpen);
        Assert.IsTrue(seen.IsReady);
        Assert.IsNotNull(seen.Startup);
        Assert.IsLessThan(TimeSpan.FromSeconds(1), seen.Startup!.Value);
        Assert.AreSequenceEqual(["/none", "/cgi-bin/fails"], TrialSuspicion.Of(seen).Select(s => s.Subject));
        Assert.IsEmpty(TrialJudge.Judge(seen, Settings("")));
        Assert.AreEqual(0, seen.ExitCode);
    }

    [TestMethod]
    public async Task At_most_twenty_routes_are_asked_and_each_once()
    {
        TrialObservation seen = await TryAsync(
            "plain", Serve, ["/health", "/health", "relative", .. Enumerable.Range(0, 30).Select(i => $"/health?{i}")]);

        Assert.HasCount(20, seen.Routes);
        Assert.AreEqual(1, seen.Routes.Count(r => r.Path == "/health"));
        Assert.DoesNotContain("relative", seen.Routes.Select(r => r.Path));
    }

    // It takes connections, and says nothing.
    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task One_that_hangs_does_not_hold_up_the_trial(string engine)
    {
        TrialObservation seen = await TryAsync(engine, Serve, "/cgi-bin/hangs?1", "/cgi-bin/hangs?2");

        Assert.AreSequenceEqual(["does not answer (nothing within 2 s)", "does not answer (nothing within 2 s)"], seen.Routes.Select(r => r.ToString()));
        Assert.HasCount(2, TrialSuspicion.Of(seen));
        Assert.IsTrue(seen.IsReady);
    }

    // As one does whose appsettings.json names an endpoint.
    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task One_that_listens_at_another_port_is_asked_there(string engine)
    {
        TrialObservation seen = await TryAsync(engine, Serve.Replace("8080", "5000", StringComparison.Ordinal), "/health");

        Assert.AreEqual(5000, seen.Port);
        Assert.AreSequenceEqual(["/health 200"], seen.Routes.Select(r => $"{r.Path} {r.Status}"));
        Assert.IsLessThan(TimeSpan.FromSeconds(1), seen.Startup!.Value);
        Assert.IsEmpty(TrialSuspicion.Of(seen));
    }

    [TestMethod]
    public void Only_ports_that_are_listened_at_count() => Assert.AreSequenceEqual([8080, 443], ListeningPorts.Parse(
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1
           1: 0100007F:9C40 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 2 1
           2: 00000000000000000000000000000000:01BB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 3 1
        """));

    [TestMethod]
    public async Task A_port_that_never_opens_is_a_suspicion_and_no_failure()
    {
        TrialSettings settings = Settings("trap 'kill $!; exit 0' TERM; sleep 60 & wait", "/a");
        TrialObservation seen = await TryAsync("plain", settings with { Limits = settings.Limits with { Timeout = TimeSpan.FromSeconds(2) } });

        Assert.IsFalse(seen.IsPortOpen);
        Assert.IsTrue(seen.IsReady);
        Assert.IsEmpty(seen.Routes);
        Assert.AreEqual(SuspicionKind.PortClosed, TrialSuspicion.Of(seen).Single().Kind);
        Assert.IsEmpty(TrialJudge.Judge(seen, settings));
    }

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task One_that_ignores_the_signal_is_worth_a_warning_where_nobody_set_the_time(string engine)
    {
        TrialSettings settings = Settings("trap '' TERM; while true; do sleep 1; done");
        settings = settings with { Limits = settings.Limits with { MaxStop = TimeSpan.FromMilliseconds(300), IsMaxStopDefault = true } };
        TrialObservation seen = await TryAsync(engine, settings);

        TrialFailure failure = TrialJudge.Judge(seen, settings).Single();
        Assert.AreEqual(DiagnosticCodes.TrialStopIgnored, failure.Code);
        Assert.IsTrue(failure.IsWarning);
        Assert.IsEmpty(TrialSuspicion.Of(seen));
    }

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task An_unhandled_exception_is_seen_however_much_is_said_after_it(string engine)
    {
        TrialObservation seen = await TryAsync(
            engine,
            "echo 'Unhandled exception. System.InvalidOperationException: boom' >&2; for i in $(busybox seq 60); do echo \"   at A.B$i()\" >&2; done; exit 134");

        Assert.AreEqual(new UnhandledError("System.InvalidOperationException", "boom", true), seen.FatalException);
        Assert.StartsWith("it ends with the unhandled exception System.InvalidOperationException: boom after ", TrialSuspicion.Of(seen).Single().Text);
        Assert.Contains("ended with the unhandled exception System.InvalidOperationException: boom", TrialJudge.Judge(seen, Settings("")).Single().Text);
    }

    private static TrialSettings Settings(string script, params string[] routes) => ShellImage.Settings(script) with
    {
        Readiness = new Readiness { Alive = ReadinessReader.DefaultAlive, MayExit = true },
        Web = routes.Length == 0 ? null : new WebQuestion(8080, routes, WebQuestion.Usual),
    };

    private Task<TrialObservation> TryAsync(string engine, string script, params string[] routes) => TryAsync(engine, Settings(script, routes));

    private async Task<TrialObservation> TryAsync(string engine, TrialSettings settings)
    {
        using TemporaryFolder folder = new();
        TestKinds.Check(engine);
        (ITrialEngine? found, string whyNot) = await new TrialEngines(new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? "")).FindAsync(
            engine == PlainEngine.EngineName ? engine : Programs.Find(engine), null, false, TestContext.CancellationToken);
        Assert.IsNotNull(found, whyNot);
        TrialImage image = ShellImage.Create(
            folder,
            add: tar =>
            {
                tar.Text("srv/cgi-bin/fails", "#!/bin/sh\nprintf 'Status: 500 Failed\\r\\nContent-Type: text/plain\\r\\n\\r\\nno'\n", mode: 0b111_101_101);
                tar.Text("srv/cgi-bin/hangs", "#!/bin/sh\nsleep 60\n", mode: 0b111_101_101);
            });
        await using ITrialContainer container = await found.CreateAsync(image, settings.Profile, TestContext.CancellationToken);
        return await new Trial(container, settings).RunAsync(TestContext.CancellationToken);
    }
}
