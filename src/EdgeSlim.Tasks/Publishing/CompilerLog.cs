using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeSlim.Publishing;

/// <summary>
/// Reads what the AOT compiler says to the log. It alone looks into packages; of each it says in one line that there are
/// warnings (<c>IL2104</c>, <c>IL3053</c>). Nothing depends on it but advice, so what is not understood is passed over.
/// </summary>
public static partial class CompilerLog
{
    // Where EdgeSlim has the paths of the project's own files begin: of these the C# compiler warned already.
    private const string OwnFiles = "/_/";
    private static readonly string[] OfPackages = ["IL2104", "IL3053"];

    /// <summary>A program in the compiler's place that runs it and keeps what it says.</summary>
    /// <param name="compiler">The compiler.</param>
    /// <param name="logFile">Where to keep what it says; only of a run that went well.</param>
    /// <returns>The program, a shell script.</returns>
    public static string Script(string compiler, string logFile) =>
        $"""
        #!/bin/sh
        log={Quote(logFile)}
        rm -f "$log"
        {Quote(compiler)} "$@" >"$log.$$.tmp" 2>&1
        status=$?
        cat "$log.$$.tmp"
        if [ $status -eq 0 ]; then mv -f "$log.$$.tmp" "$log"; else rm -f "$log.$$.tmp"; fi
        exit $status

        """.ReplaceLineEndings("\n");

    /// <summary>Reads the warnings of packages and of referenced projects.</summary>
    /// <param name="log">What the compiler said.</param>
    /// <returns>The warnings, in the order of the log.</returns>
    public static IReadOnlyList<AnalysisWarning> Read(string log) =>
    [
        .. log.Split('\n')
            .Select(line => Line().Match(line.TrimEnd('\r')))
            .Where(m => m.Success && (OfPackages.Contains(m.Groups["code"].Value) || IsOfAnotherProject(m.Groups["file"].Value)))
            .Select(Warning)
            .Distinct(),
    ];

    private static AnalysisWarning Warning(Match line)
    {
        string code = line.Groups["code"].Value;
        bool isOfPackage = OfPackages.Contains(code);
        string text = AnalysisLog.FirstSentence(line.Groups["text"].Value);
        return new AnalysisWarning(
            code,
            text,
            isOfPackage ? "" : line.Groups["file"].Value,
            !isOfPackage && int.TryParse(line.Groups["line"].Value, CultureInfo.InvariantCulture, out int number) ? number : 0);
    }

    private static bool IsOfAnotherProject(string file) =>
        file.StartsWith('/') && !file.StartsWith(OwnFiles, StringComparison.Ordinal);

    private static string Quote(string path) => $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A(?<file>[^(]*?)(\((?<line>\d+)\))? ?: (Trim analysis |AOT analysis |Single-file |)warning (?<code>IL[23]\d{3}): (?<text>.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
