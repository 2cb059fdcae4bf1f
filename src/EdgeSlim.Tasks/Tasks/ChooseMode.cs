using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Modes;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ModeChoice"/>: chooses the mode of the image by what its code needs.</summary>
public sealed class ChooseMode : EdgeTask
{
    private const int MaxFindingsSaid = 5;

    /// <summary>The modes that are left, the smallest first.</summary>
    [Required]
    public string[] Modes { get; set; } = [];

    /// <summary>The application's own assemblies, its entry point first.</summary>
    [Required]
    public string[] Own { get; set; } = [];

    /// <summary>The assemblies that these refer to.</summary>
    public string[] References { get; set; } = [];

    /// <summary>NoWarn.</summary>
    public string NoWarn { get; set; } = "";

    /// <summary>The compiler's error log; it need not be there.</summary>
    public string LogFile { get; set; } = "";

    /// <summary>The project's folder.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>Where the choice is written to.</summary>
    [Required]
    public string ModeFile { get; set; } = "";

    /// <summary>The mode.</summary>
    [Output]
    public string Mode { get; set; } = "";

    /// <summary>The routes without parameters that answer GET.</summary>
    [Output]
    public string[] Routes { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        HashSet<string> suppressed = [.. NoWarn.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        ModeEvidence evidence = ModeScanner.Scan(Own, References, suppressed, cancellationToken);
        if (File.Exists(LogFile))
        {
            byte[] log = await File.ReadAllBytesAsync(LogFile, cancellationToken);
            evidence = CompilerEvidence.Join(evidence, AnalysisLog.Read(log, ProjectFolder), AnalysisLog.ReadSuppressed(log, ProjectFolder));
        }

        ModeChoice choice = ModeChoice.Of(Modes, evidence);
        Mode = choice.Mode;
        Routes = [.. choice.Routes];
        await StageFile.WriteAsync(ModeFile, choice, FactsJson.Documents.ModeChoice, cancellationToken);
        Say(choice);
    }

    private void Say(ModeChoice choice)
    {
        if (choice.Findings.Count == 0)
        {
            Diagnostics.Information($"The image is published as {choice.Mode}: {choice.Reason}.");
            return;
        }

        IEnumerable<string> places = choice.Findings.Take(MaxFindingsSaid).Select(f => $"  {ModeChoice.PlaceOf(f)}: {f.Code} {ModeChoice.ShortName(f.Target)}{(f.Message is null ? "" : $": {f.Message}")}");
        string more = choice.Findings.Count > MaxFindingsSaid ? $"\n  and {choice.Findings.Count - MaxFindingsSaid} more" : "";
        Diagnostics.Important($"The image is published as {choice.Mode}, because code does not work in a smaller mode:\n{string.Join('\n', places)}{more}");
        if (JsonContextText.Of(choice) is string context)
        {
            Diagnostics.Important(context);
        }
    }
}
