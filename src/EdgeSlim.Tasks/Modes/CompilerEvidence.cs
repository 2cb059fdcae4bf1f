using System.Globalization;
using EdgeSlim.Publishing;

namespace EdgeSlim.Modes;

/// <summary>
/// What the C# compiler's own analysis adds to the evidence. It sees the source: which warnings are suppressed there, and more of how
/// values flow. Pure.
/// </summary>
public static class CompilerEvidence
{
    /// <summary>Joins both.</summary>
    /// <param name="evidence">What the IL says.</param>
    /// <param name="warnings">The warnings of the compiler.</param>
    /// <param name="suppressed">The warnings that the source suppresses.</param>
    /// <returns>The evidence of both.</returns>
    public static ModeEvidence Join(ModeEvidence evidence, IReadOnlyList<AnalysisWarning> warnings, IReadOnlyList<AnalysisWarning> suppressed)
    {
        ModeFinding[] kept = [.. evidence.Findings.Where(f => !suppressed.Any(w => IsSamePlace(f, w)))];
        IEnumerable<ModeFinding> added = warnings
            .Where(w => !kept.Any(f => IsSamePlace(f, w)) && !IsOfCalls(w.Code))
            .Select(w => new ModeFinding(NeedOf(w.Code), w.Code, w.Text, null, w.File, w.File, w.Line));
        return evidence with { Findings = [.. kept, .. added] };
    }

    // Calls of annotated members are read from IL, which tells more about the member.
    private static bool IsOfCalls(string code) => code is "IL2026" or "IL3050" or "IL3002";

    private static bool IsSamePlace(ModeFinding finding, AnalysisWarning warning) =>
        finding.Line == warning.Line && Path.GetFileName(finding.File) == Path.GetFileName(warning.File) && finding.Code == warning.Code;

    // IL3050 and up: code that is made at run time. IL2xxx: code that trimming may remove. IL3000 to IL3049: files that are not there in
    // a single file.
    private static ModeNeed NeedOf(string code) =>
        int.Parse(code.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture) >= 3050 ? ModeNeed.DynamicCode : ModeNeed.UnreferencedCode;
}
