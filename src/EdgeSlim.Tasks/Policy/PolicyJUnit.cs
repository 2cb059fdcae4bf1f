using System.Text;
using System.Xml.Linq;

namespace EdgeSlim.Policy;

/// <summary>Says how an image stands to the rules in the words that CI services show: JUnit's XML. Pure.</summary>
public static class PolicyJUnit
{
    /// <summary>Makes the document.</summary>
    /// <param name="name">The image.</param>
    /// <param name="report">How it stands.</param>
    /// <returns>Its text.</returns>
    public static string Write(string name, PolicyReport report)
    {
        XElement suite = new(
            "testsuite",
            new XAttribute("name", $"edgeslim.policy.{name}"),
            new XAttribute("tests", report.Checks.Count),
            new XAttribute("failures", report.Checks.Count(c => c.Verdict == PolicyVerdict.Failed)),
            new XAttribute("errors", 0),
            report.Checks.Select(check => new XElement(
                "testcase",
                new XAttribute("classname", $"edgeslim.policy.{name}"),
                new XAttribute("name", check.Rule),
                check.Verdict switch
                {
                    PolicyVerdict.Failed => new XElement("failure", new XAttribute("type", check.Code), new XAttribute("message", Said(check))),
                    PolicyVerdict.Warned => new XElement("system-out", $"{check.Code}: {Said(check)}"),
                    _ => null,
                })));
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", suite)}\n";
    }

    // A path may hold what XML cannot.
    private static string Said(PolicyCheck check) => string.Concat(
        PolicyReporter.Subjects(check).EnumerateRunes().Select(r => Rune.IsControl(r) || r.Value is 0xfffe or 0xffff ? "\ufffd" : r.ToString()));
}
