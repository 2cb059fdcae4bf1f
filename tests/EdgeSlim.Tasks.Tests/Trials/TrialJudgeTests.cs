using EdgeSlim.Diagnostics;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Tests.Trials;

[TestClass]
public sealed class TrialJudgeTests
{
    private static TrialObservation Good => TrialSamples.Good;

    [TestMethod]
    public void What_stays_within_its_limits_is_well() => Assert.IsEmpty(TrialJudge.Judge(Good, TrialSamples.Settings));

    [TestMethod]
    public void An_end_by_the_signal_itself_is_well() =>
        Assert.IsEmpty(TrialJudge.Judge(Good with { ExitCode = 143 }, TrialSamples.Settings));

    [TestMethod]
    public void What_cannot_be_measured_is_not_held_against_it() =>
        Assert.IsEmpty(TrialJudge.Judge(Good with { PeakBytes = null, CpuTime = null, Startup = null }, TrialSamples.Settings));

    [TestMethod]
    public void Each_limit_has_its_code() => Assert.AreSequenceEqual(
        [DiagnosticCodes.TrialSlowStart, DiagnosticCodes.TrialTooMuchMemory, DiagnosticCodes.TrialStopIgnored],
        Codes(Good with { Startup = TimeSpan.FromSeconds(3.1), PeakBytes = 100_000_001, Stop = null, IgnoredStop = true, ExitCode = null }));

    [TestMethod]
    public void A_limit_that_the_user_did_not_set_is_worth_a_warning()
    {
        TrialSettings settings = TrialSamples.Settings with
        {
            Limits = TrialSamples.Settings.Limits with { IsMaxStartupDefault = true, IsMaxStopDefault = true },
        };
        TrialObservation seen = Good with { Startup = TimeSpan.FromSeconds(3.1), PeakBytes = 100_000_001, Stop = null, IgnoredStop = true, ExitCode = null };
        IReadOnlyList<TrialFailure> failures = TrialJudge.Judge(seen, settings);

        Assert.AreSequenceEqual([true, false, true], failures.Select(f => f.IsWarning));
        Assert.AreSequenceEqual(TrialJudge.Judge(seen, TrialSamples.Settings).Select(f => f.Text), failures.Select(f => f.Text));
    }

    [TestMethod]
    public void An_unhandled_exception_is_named_and_not_the_signal_that_follows_from_it()
    {
        TrialObservation ended = Good with
        {
            EndedItself = true,
            Lifetime = TimeSpan.FromMilliseconds(6),
            ExitCode = 134,
            Exceptions = [new UnhandledError("System.TypeInitializationException", "A type initializer threw an exception.", true) { Cause = "System.DllNotFoundException: x" }],
        };

        Assert.AreEqual(
            "The application ended with the unhandled exception System.TypeInitializationException: A type initializer threw an exception."
            + " after 6 ms, before it could be asked to. Likely reason: a native library is not in the image; set EdgeStatic=false, so that it can be"
            + " opened, and add the file with EdgeInclude where it is your own.",
            TrialJudge.Judge(ended, TrialSamples.Settings).Single().Text);
    }

    [TestMethod]
    public void A_program_may_do_its_work_and_end_where_nothing_else_is_said()
    {
        TrialSettings settings = TrialSamples.Settings with { Readiness = new Readiness { Alive = TimeSpan.FromSeconds(1), MayExit = true } };
        TrialObservation ended = Good with { EndedItself = true, Stop = null };

        Assert.IsEmpty(TrialJudge.Judge(ended, settings));
        Assert.AreEqual(DiagnosticCodes.TrialCrashed, TrialJudge.Judge(ended with { ExitCode = 1, IsReady = false }, settings).Single().Code);
        Assert.AreEqual("it runs for 1000 ms or ends with exit code 0", settings.Readiness.ToString());
    }

    [TestMethod]
    [DataRow("System.DllNotFoundException: Unable to load shared library 'x'", CauseKind.Library, true)]
    [DataRow("System.Globalization.CultureNotFoundException: Only the invariant culture", CauseKind.Culture, true)]
    [DataRow("System.TimeZoneNotFoundException: The time zone ID 'Europe/Paris' was not found", CauseKind.TimeZone, true)]
    [DataRow("'SHA3-256' is not a known hash algorithm.", CauseKind.Algorithm, true)]
    [DataRow("'Foo' is missing native code or metadata.", CauseKind.Metadata, true)]
    [DataRow("System.PlatformNotSupportedException: Dynamic code generation is not supported on this platform.", CauseKind.DynamicCode, true)]
    [DataRow("JsonTypeInfo metadata for type 'A' was not provided", CauseKind.Json, true)]
    [DataRow("System.IO.FileNotFoundException: Could not find file '/srv/a'.", CauseKind.File, false)]
    [DataRow("System.IO.DirectoryNotFoundException: Could not find a part of the path '/tmp/a/b'.", CauseKind.Temporary, false)]
    [DataRow("System.IO.IOException: Read-only file system : '/srv/a'", CauseKind.ReadOnlyRoot, false)]
    [DataRow("System.OutOfMemoryException: x", CauseKind.Memory, false)]
    [DataRow("System.Net.Sockets.SocketException (111): Connection refused", CauseKind.Network, false)]
    public void A_cause_has_a_kind(string line, CauseKind kind, bool isPackaging)
    {
        LikelyCause? cause = LikelyReason.Of(["hello", line]);

        Assert.AreEqual(kind, cause?.Kind);
        Assert.AreEqual(isPackaging, cause?.IsPackaging);
    }

    [TestMethod]
    public void A_failure_while_it_ends_has_its_code() =>
        Assert.AreSequenceEqual([DiagnosticCodes.TrialStopFailed], Codes(Good with { ExitCode = 134 }));

    [TestMethod]
    public void An_end_of_itself_is_a_crash_before_and_after_it_was_ready()
    {
        TrialObservation ended = Good with { EndedItself = true, Lifetime = TimeSpan.FromMilliseconds(6), ExitCode = 139, Stop = null };

        Assert.AreSequenceEqual([DiagnosticCodes.TrialCrashed], Codes(ended));
        TrialFailure failure = TrialJudge.Judge(ended with { IsReady = false }, TrialSamples.Settings).Single();
        Assert.AreEqual("The application ended by signal 11 (exit code 139) after 6 ms, before it could be asked to.", failure.Text);
    }

    [TestMethod]
    public void An_application_that_ends_well_is_told_how_to_say_so() => Assert.Contains(
        "EdgeTrialExit=true",
        TrialJudge.Judge(Good with { EndedItself = true, IsReady = false, ExitCode = 0 }, TrialSamples.Settings).Single().Text);

    [TestMethod]
    public void What_is_meant_to_end_may_do_so()
    {
        TrialSettings settings = TrialSamples.Settings with { Readiness = new Readiness { Exits = true } };
        TrialObservation ended = Good with { EndedItself = true, Stop = null };

        Assert.IsEmpty(TrialJudge.Judge(ended, settings));
        Assert.AreEqual(DiagnosticCodes.TrialCrashed, TrialJudge.Judge(ended with { ExitCode = 1, IsReady = false }, settings).Single().Code);
        Assert.AreEqual(DiagnosticCodes.TrialNeverReady, TrialJudge.Judge(ended with { IsReady = false }, settings).Single().Code);
    }

    [TestMethod]
    public void A_kill_for_memory_is_said_and_nothing_that_follows_from_it() => Assert.AreSequenceEqual(
        [DiagnosticCodes.TrialOutOfMemory],
        Codes(Good with { IsOutOfMemory = true, EndedItself = true, IsReady = false, ExitCode = 137, PeakBytes = 104_857_600 }));

    [TestMethod]
    public void What_never_gets_ready_is_told_what_was_waited_for() => Assert.AreEqual(
        "The application was not ready after 30000 ms. It is ready when port 8080 answers HTTP requests for /healthz (last seen: the status 503).",
        TrialJudge.Judge(Good with { IsReady = false, LastAnswer = "the status 503" }, TrialSamples.Settings).Single().Text);

    [TestMethod]
    [DataRow("No usable version of libssl was found", "EdgeNeed Include=\"crypto\"")]
    [DataRow("Couldn't find a valid ICU package installed on the system.", "EdgeGlobalization=icu")]
    [DataRow("System.IO.IOException: Read-only file system : '/data/x'", "EdgeTrialMount")]
    [DataRow("Out of memory.", "EdgeMemoryLimit")]
    public void A_known_message_is_explained(string line, string advice) => Assert.Contains(
        advice,
        TrialJudge.Judge(Good with { EndedItself = true, ExitCode = 134, LastLines = ["hello", line, "   at Main"] }, TrialSamples.Settings).Single().Text);

    [TestMethod]
    public void Silence_is_said() => Assert.Contains(
        "It said nothing.",
        TrialJudge.Judge(Good with { EndedItself = true, ExitCode = 1, LastLines = [] }, TrialSamples.Settings).Single().Text);

    private static string[] Codes(TrialObservation seen) =>
        [.. TrialJudge.Judge(seen, TrialSamples.Settings).Select(f => f.Code)];
}
