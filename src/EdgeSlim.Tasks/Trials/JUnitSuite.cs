using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace EdgeSlim.Trials;

/// <summary>A document in the words that CI services show: JUnit's XML. Pure.</summary>
/// <param name="Name">The name of the suite.</param>
/// <param name="Cases">The name of each check, and how many milliseconds it took.</param>
/// <param name="Failures">What failed.</param>
/// <param name="Properties">What else there is to say; what has no value is left out.</param>
/// <param name="Output">What the application said last.</param>
internal sealed record JUnitSuite(
    string Name,
    IReadOnlyList<(string Check, double? Milliseconds)> Cases,
    IReadOnlyList<TrialFailure> Failures,
    IReadOnlyList<(string Name, string? Value)> Properties,
    IReadOnlyList<string> Output)
{
    /// <summary>Writes it.</summary>
    public string Write()
    {
        XElement suite = new(
            "testsuite",
            new XAttribute("name", Name),
            new XAttribute("tests", Cases.Count),
            new XAttribute("failures", Failures.Select(f => f.Check).Distinct().Count()),
            new XAttribute("errors", 0),
            new XAttribute("time", Seconds(Cases.Sum(c => c.Milliseconds ?? 0))),
            new XElement("properties", Properties
                .Where(p => p.Value is not null)
                .Select(p => new XElement("property", new XAttribute("name", p.Name), new XAttribute("value", p.Value!)))),
            Cases.Select(c => new XElement(
                "testcase",
                new XAttribute("classname", Name),
                new XAttribute("name", c.Check),
                new XAttribute("time", Seconds(c.Milliseconds ?? 0)),
                Failures.Where(f => f.Check == c.Check).Select(f => new XElement(
                    "failure", new XAttribute("type", f.Code), new XAttribute("message", Clean(f.Text)))))),
            new XElement("system-out", Clean(string.Join('\n', Output))));
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
