using System.Globalization;

namespace EdgeSlim.Modes;

/// <summary>The mode that an image is published in, and why.</summary>
public sealed record ModeChoice
{
    /// <summary>The mode: <c>aot</c>, <c>trimmed</c>, <c>selfcontained</c> or <c>framework</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Why it is this one, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The places in the code that rule out the smaller modes; none where there is no smaller one.</summary>
    public IReadOnlyList<ModeFinding> Findings { get; init; } = [];

    /// <summary>The types that a JsonSerializerContext has to have for a smaller mode, as C# writes them in <c>typeof(...)</c>.</summary>
    public IReadOnlyList<string> JsonTypes { get; init; } = [];

    /// <summary>The routes that a trial asks for.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Where the application calls <c>WebApplication.CreateBuilder</c>; null where it does not.</summary>
    public string? FullBuilder { get; init; }

    /// <summary>Chooses the smallest mode in which all of the code works. Pure.</summary>
    /// <param name="modes">The modes that are left, the smallest first; at least one.</param>
    /// <param name="evidence">What the code says.</param>
    /// <returns>The choice.</returns>
    public static ModeChoice Of(IReadOnlyList<string> modes, ModeEvidence evidence)
    {
        string mode = modes.FirstOrDefault(m => evidence.Findings.All(f => Works(f.Need, m))) ?? modes[^1];
        ModeFinding[] deciding = [.. evidence.Findings.Where(f => modes.TakeWhile(m => m != mode).Any(m => !Works(f.Need, m))).OrderByDescending(f => f.Need)];
        return new ModeChoice
        {
            Mode = mode,
            Reason = deciding is [ModeFinding first, ..] ? ReasonOf(first, deciding.Length - 1) : "no code needs a larger mode",
            Findings = deciding,
            JsonTypes = deciding.Length == 0 ? [] : evidence.JsonTypes,
            Routes = evidence.Routes,
            FullBuilder = !evidence.UsesFullBuilder ? null : PlaceOf(evidence.FullBuilderFile, evidence.FullBuilderLine, "The application"),
        };
    }

    private static bool Works(ModeNeed need, string mode) => mode switch
    {
        "aot" => false,
        "trimmed" => need < ModeNeed.UnreferencedCode,
        _ => true,
    };

    private static string ReasonOf(ModeFinding finding, int others)
    {
        string what = finding.Code == "JSON" ? $"no JsonSerializerContext has {finding.Target}" : $"{ShortName(finding.Target)} ({finding.Code})";
        string more = others > 0 ? string.Create(CultureInfo.InvariantCulture, $", and {others} more") : "";
        return $"{PlaceOf(finding)}: {what}{more}";
    }

    /// <summary>A type and its member, without the namespace. What the compiler says is a sentence, and stays as it is.</summary>
    /// <param name="target">The target of a finding.</param>
    /// <returns>The short form.</returns>
    public static string ShortName(string target) =>
        target.Contains(' ', StringComparison.Ordinal) ? target : string.Join('.', target.Split('.')[^Math.Min(2, target.Split('.').Length)..]);

    /// <summary>Where a finding is: the file and the line, or else the method.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>The place.</returns>
    public static string PlaceOf(ModeFinding finding) => PlaceOf(finding.File, finding.Line, finding.Member);

    private static string PlaceOf(string? file, int? line, string otherwise) => file is null ? otherwise
        : line is int number ? string.Create(CultureInfo.InvariantCulture, $"{PathOf(file)}({number})")
        : PathOf(file);

    // EdgeSlim compiles with paths that are relative to the repository.
    private static string PathOf(string file) => file.StartsWith("/_/", StringComparison.Ordinal) ? file[3..] : file;
}
