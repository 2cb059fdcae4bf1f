using System.Xml.Linq;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Tests.Trials;

[TestClass]
public sealed class TrialJUnitTests
{
    [TestMethod]
    public void A_good_trial_has_three_tests_and_its_figures()
    {
        XElement suite = Parse(new TrialOutcome(TrialSamples.Result, [], ["ready"]));

        Assert.AreEqual("0", suite.Attribute("failures")!.Value);
        Assert.AreEqual(
            "start 0.0400, memory 0.0000, stop 0.0052",
            string.Join(", ", suite.Elements("testcase").Select(c => $"{c.Attribute("name")!.Value} {c.Attribute("time")!.Value}")));
        Assert.Contains("15300000", suite.Element("properties")!.ToString());
    }

    [TestMethod]
    public void A_failure_stands_at_its_check_whatever_the_application_says()
    {
        XElement suite = Parse(new TrialOutcome(
            TrialSamples.Result, [new TrialFailure("EDGE6009", "It is <deaf>\u0001.", TrialJudge.Stop)], ["a\u001b[31m", "\ud800 & \uffff"]));

        Assert.AreEqual("1", suite.Attribute("failures")!.Value);
        XElement failure = suite.Elements("testcase").Single(c => c.Attribute("name")!.Value == "stop").Element("failure")!;
        Assert.AreEqual("EDGE6009", failure.Attribute("type")!.Value);
        Assert.AreEqual("It is <deaf>\ufffd.", failure.Attribute("message")!.Value);
        Assert.AreEqual("a\ufffd[31m\n\ufffd & \ufffd", suite.Element("system-out")!.Value);
    }

    [TestMethod]
    public void What_a_control_has_to_judge_is_a_failure_until_it_has_and_a_warning_is_none()
    {
        TrialOutcome outcome = new(
            TrialSamples.Result with { Routes = [new RouteAnswer("/a", 500)] },
            [new TrialFailure("EDGE6009", "It is deaf.", TrialJudge.Stop) { IsWarning = true }],
            [])
        {
            Suspicions = [new TrialSuspicion(SuspicionKind.Route, "/a", "GET /a answers 500")],
        };
        XElement suite = Parse(outcome);

        Assert.AreEqual("routes", suite.Descendants("failure").Single().Parent!.Attribute("name")!.Value);
        Assert.AreEqual("1", suite.Attribute("failures")!.Value);
        Assert.AreEqual("0", Parse(outcome with { Suspicions = [] }).Attribute("failures")!.Value);
    }

    private static XElement Parse(TrialOutcome outcome) =>
        XDocument.Parse(TrialJUnit.Write("agent", outcome)).Root!.Element("testsuite")!;
}
