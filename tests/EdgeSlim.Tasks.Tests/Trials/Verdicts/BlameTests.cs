using EdgeSlim.Trials;
using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Tests.Trials.Verdicts;

[TestClass]
public sealed class BlameTests
{
    private static TrialObservation Good => TrialSamples.Good;

    [TestMethod]
    public void Nobody_is_to_blame_for_an_image_that_works() =>
        Assert.AreEqual(Culprit.Nobody, Blame.Judge(Good, Crashed("x")).Culprit);

    [TestMethod]
    public void Packaging_is_to_blame_where_the_control_runs()
    {
        TrialVerdict verdict = Blame.Judge(Crashed("boom"), Good);

        Assert.AreEqual(Culprit.Packaging, verdict.Culprit);
        Assert.AreEqual(
            "it ends with the unhandled exception System.InvalidOperationException: boom after 12 ms; without trimming and AOT, it runs",
            verdict.ToString());
    }

    [TestMethod]
    public void The_app_is_to_blame_where_the_control_fails_in_the_same_way_however_the_process_ends()
    {
        TrialVerdict verdict = Blame.Judge(
            Crashed("Connection refused (127.0.0.1:5432)"),
            Crashed("Connection refused (127.0.0.1:5433)") with { ExitCode = 139, Lifetime = TimeSpan.FromSeconds(1) });

        Assert.AreEqual(Culprit.App, verdict.Culprit);
        Assert.AreEqual("it ends with the unhandled exception System.InvalidOperationException: Connection refused (127.0.0.1:5432) after 12 ms", verdict.ToString());
    }

    [TestMethod]
    [DataRow(500, 200, Culprit.Packaging)]
    [DataRow(500, 404, Culprit.Packaging)]
    [DataRow(404, 204, Culprit.Packaging)]
    [DataRow(null, 500, Culprit.Packaging)]
    [DataRow(500, 500, Culprit.App)]
    [DataRow(401, 401, Culprit.Nobody)]
    [DataRow(404, 405, Culprit.Nobody)]
    [DataRow(404, 500, Culprit.App)]
    [DataRow(404, null, Culprit.App)]
    public void A_route_is_compared_with_the_same_route(int? image, int? control, Culprit culprit)
    {
        RouteAnswer fine = new("/", 200);
        TrialVerdict verdict = Blame.Judge(Good with { Routes = [fine, new RouteAnswer("/a", image)] }, Good with { Routes = [fine, new RouteAnswer("/a", control)] });

        Assert.AreEqual(culprit, verdict.Culprit);
        Assert.AreEqual("/a", verdict.Reasons.Single().Subject);
    }

    [TestMethod]
    public void A_refusal_is_not_held_against_an_app_that_fails_in_something_else()
    {
        TrialObservation seen = Good with { Routes = [new RouteAnswer("/a", 401), new RouteAnswer("/b", 500)] };

        Assert.AreEqual("/b", Blame.Judge(seen, seen).Reasons.Single().Subject);
        Assert.IsFalse(TrialSuspicion.AreRefusals(seen));
        Assert.IsTrue(TrialSuspicion.AreRefusals(seen with { Routes = [new RouteAnswer("/a", 401)] }));
        Assert.IsFalse(TrialSuspicion.AreRefusals(Crashed("x")));
    }

    [TestMethod]
    public void Both_answers_are_said() => Assert.AreEqual(
        "GET /a answers 500; without trimming and AOT, it answers 200",
        Blame.Judge(Good with { Routes = [new RouteAnswer("/a", 500)] }, Good with { Routes = [new RouteAnswer("/a", 200)] }).ToString());

    [TestMethod]
    public void One_route_that_does_better_is_enough()
    {
        TrialVerdict verdict = Blame.Judge(
            Good with { Routes = [new RouteAnswer("/a", 401), new RouteAnswer("/b", 500)] },
            Good with { Routes = [new RouteAnswer("/a", 401), new RouteAnswer("/b", 200)] });

        Assert.AreEqual(Culprit.Packaging, verdict.Culprit);
        Assert.AreEqual("/b", verdict.Reasons.Single().Subject);
    }

    [TestMethod]
    public void An_exception_that_only_the_image_reports_is_of_the_packaging()
    {
        TrialObservation image = Good with { Exceptions = [Logged("A.Failed", "x")] };

        Assert.AreEqual(Culprit.Packaging, Blame.Judge(image, Good).Culprit);
        Assert.AreEqual(Culprit.App, Blame.Judge(image, image).Culprit);

        // Of another type, and no word of what packaging takes away.
        Assert.AreEqual(Culprit.App, Blame.Judge(image, Good with { Exceptions = [Logged("B.Failed", "y")] }).Culprit);
    }

    [TestMethod]
    public void Where_both_fail_for_different_reasons_the_one_that_packaging_gives_decides()
    {
        TrialObservation control = Crashed("Connection refused");

        Assert.AreEqual(Culprit.Packaging, Blame.Judge(Crashed("'A' is missing native code or metadata."), control).Culprit);
        Assert.AreEqual(Culprit.App, Blame.Judge(Crashed("Arg_InvalidOperationException"), control).Culprit);
        Assert.AreEqual(Culprit.App, Blame.Judge(control, control with { IsOutOfMemory = true }).Culprit);
    }

    [TestMethod]
    public void A_port_that_neither_opens_is_not_held_against_the_packaging()
    {
        TrialObservation closed = Good with { Port = 8080, IsPortOpen = false };

        Assert.AreEqual(Culprit.App, Blame.Judge(closed, closed).Culprit);
        Assert.AreEqual(Culprit.Packaging, Blame.Judge(closed, closed with { IsPortOpen = true }).Culprit);
        Assert.IsEmpty(TrialSuspicion.Of(closed with { IsPortOpen = null }));
    }

    [TestMethod]
    public void One_that_is_never_ready_is_compared_too()
    {
        TrialObservation waiting = Good with { IsReady = false, Startup = null, Stop = null, ReadyWhen = "port 8080 accepts connections" };

        Assert.AreEqual(Culprit.App, Blame.Judge(waiting, waiting).Culprit);
        Assert.AreEqual(Culprit.Packaging, Blame.Judge(waiting, Good).Culprit);

        // It dies of an exception; the other waits for what it does not get.
        Assert.AreEqual(Culprit.Packaging, Blame.Judge(Crashed("x"), waiting).Culprit);
    }

    [TestMethod]
    public void A_failure_while_it_ends_is_compared_too()
    {
        TrialObservation failing = Good with { ExitCode = 134 };

        Assert.AreEqual(Culprit.Packaging, Blame.Judge(failing, Good).Culprit);
        Assert.AreEqual(Culprit.Packaging, Blame.Judge(failing, Good with { ExitCode = 1 }).Culprit);
        Assert.AreEqual(Culprit.App, Blame.Judge(failing, failing).Culprit);
        Assert.AreEqual(Culprit.App, Blame.Judge(Good with { ExitCode = 1 }, Good with { ExitCode = 1 }).Culprit);
    }

    private static UnhandledError Logged(string type, string message) => new(type, message, false);

    private static TrialObservation Crashed(string message) => Good with
    {
        IsReady = false,
        EndedItself = true,
        IsCrashed = true,
        Lifetime = TimeSpan.FromMilliseconds(12),
        Stop = null,
        ExitCode = 134,
        Exceptions = [new UnhandledError("System.InvalidOperationException", message, true)],
    };
}
