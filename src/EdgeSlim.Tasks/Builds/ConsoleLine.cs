using System.Globalization;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Builds;

/// <summary>Reads what MSBuild writes to the console: errors, warnings and messages in their canonical form, and other lines.</summary>
public static partial class ConsoleLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>What it says. The project at its end is left out: whoever hands it on says its own.</returns>
    public static Diagnostic Read(string line)
    {
        Match match = Canonical().Match(line);
        if (!match.Success)
        {
            // MSBuild puts what a project says to the right of the project.
            return new Diagnostic(DiagnosticSeverity.Important, null, line.StartsWith("  ", StringComparison.Ordinal) ? line[2..] : line);
        }

        DiagnosticSeverity severity = match.Groups["category"].Value switch
        {
            "error" => DiagnosticSeverity.Error,
            "warning" => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Important,
        };
        string code = match.Groups["code"].Value;
        return new Diagnostic(severity, code.Length > 0 ? code : null, match.Groups["text"].Value)
        {
            Location = new SourceLocation(match.Groups["file"].Value, Number(match.Groups["line"]), Number(match.Groups["column"])),
        };
    }

    private static int Number(Group group) => int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    [GeneratedRegex(
        @"^\s*(?<file>[^\s(][^(]*?)(\((?<line>\d+)(,(?<column>\d+))?[\d,-]*\))? ?: (([\w ]+ )?(?<category>error|warning|message) (?<code>[A-Za-z_]+\d\w*)|(?<category>error|warning)) ?: (?<text>.*?)( \[[^][]+proj\])?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Canonical();
}
