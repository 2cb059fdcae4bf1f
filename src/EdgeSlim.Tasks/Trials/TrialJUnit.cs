using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace EdgeSlim.Trials;

/// <summary>Says how a trial went in the words that CI services show: JUnit's XML. Pure.</summary>
public static class TrialJUnit
{
    /// <summary>Makes the document.</summary>
    /// <param name="name">What was tried.</param>
    /// <param name="outcome">How it went.</param>
    /// <returns>Its text.</returns>
    public static string Write(string name, TrialOutcome outcome)
    {
        TrialResult result = outcome.Result;
        XElement Case(string check, double? milliseconds) => new(
            "testcase",
            new XAttribute("classname", $"edgeslim.trial.{name}"),
            new XAttribute("name", check),
            new XAttribute("time", Seconds(milliseconds ?? 0)),
            outcome.Failures.Where(f => f.Check == check).Select(f => new XElement(
                "failure", new XAttribute("type", f.Code), new XAttribute("message", Clean(f.Text)))));

        (string Name, string? Value)[] properties =
        [
            ("digest", result.Digest.ToString()),
            ("engine", result.Engine),
            ("peakMemoryBytes", result.PeakMemoryBytes?.ToString(CultureInfo.InvariantCulture)),
            ("cpuMilliseconds", result.CpuMilliseconds?.ToString(CultureInfo.InvariantCulture)),
        ];
        XElement suite = new(
            "testsuite",
            new XAttribute("name", $"edgeslim.trial.{name}"),
            new XAttribute("tests", 3),
            new XAttribute("failures", outcome.Failures.Select(f => f.Check).Distinct().Count()),
            new XAttribute("errors", 0),
            new XAttribute("time", Seconds((result.StartupMilliseconds ?? 0) + (result.StopMilliseconds ?? 0))),
            new XElement("properties", properties
                .Where(p => p.Value is not null)
                .Select(p => new XElement("property", new XAttribute("name", p.Name), new XAttribute("value", p.Value!)))),
            Case(TrialJudge.Start, result.StartupMilliseconds),
            Case(TrialJudge.Memory, null),
            Case(TrialJudge.Stop, result.StopMilliseconds),
            new XElement("system-out", Clean(string.Join('\n', outcome.LastLines))));
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", suite)}\n";
    }

    private static string Seconds(double milliseconds) => (milliseconds / 1000).ToString("0.0000", CultureInfo.InvariantCulture);

    // An application may say what XML cannot.
    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            clean.Append(Rune.IsControl(rune) && rune.Value is not ('\n' or '\t') ? "\ufffd" : rune.Value is 0xfffe or 0xffff ? "\ufffd" : rune.ToString());
        }

        return clean.ToString();
    }
}
