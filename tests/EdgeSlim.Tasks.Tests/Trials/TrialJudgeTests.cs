using EdgeSlim.Diagnostics;
using EdgeSlim.Trials;

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
