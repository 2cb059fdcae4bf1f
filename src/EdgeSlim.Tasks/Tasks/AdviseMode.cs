using System.Globalization;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ModeAdvice"/>.</summary>
public sealed class AdviseMode : EdgeTask
{
    private const int MaxWarningsSaid = 3;

    /// <summary>The compiler's error log; it need not be there.</summary>
    public string LogFile { get; set; } = "";

    /// <summary>The project's folder.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>EdgeMode.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <summary>Whether the application references ASP.NET Core.</summary>
    public bool IsWeb { get; set; }

    /// <summary>Where the advice is written to.</summary>
    [Required]
    public string AdviceFile { get; set; } = "";

    /// <summary>Whether there is nothing to advise.</summary>
    [Output]
    public bool IsClean { get; set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<AnalysisWarning> warnings = File.Exists(LogFile)
            ? AnalysisLog.Read(await File.ReadAllBytesAsync(LogFile, cancellationToken), ProjectFolder)
            : [];
        ModeAdvice advice = ModeAdvice.Of(warnings, Mode, IsWeb);
        await StageFile.WriteAsync(AdviceFile, advice, FactsJson.Documents.ModeAdvice, cancellationToken);
        IsClean = advice.NextMode is null;
        if (!IsClean)
        {
            string more = advice.WarningCount > MaxWarningsSaid ? $"; and {advice.WarningCount - MaxWarningsSaid} more" : "";
            Diagnostics.Warning(
                DiagnosticCodes.ModeMayBreak,
                Mode,
                string.Join("; ", advice.Warnings.Take(MaxWarningsSaid)) + more,
                advice.NextMode,
                (advice.AddedBytes!.Value / 1e6).ToString("0", CultureInfo.InvariantCulture));
        }
    }
}
