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

    /// <summary>What the AOT compiler said; it need not be there.</summary>
    public string CompilerLogFile { get; set; } = "";

    /// <summary>The executable that was published.</summary>
    public string Executable { get; set; } = "";

    /// <summary>The application's assemblies and those of packages.</summary>
    public string[] Assemblies { get; set; } = [];

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
        List<AnalysisWarning> warnings = [];
        if (File.Exists(LogFile))
        {
            warnings.AddRange(AnalysisLog.Read(await File.ReadAllBytesAsync(LogFile, cancellationToken), ProjectFolder));
        }

        if (File.Exists(CompilerLogFile))
        {
            warnings.AddRange(CompilerLog.Read(await File.ReadAllTextAsync(CompilerLogFile, cancellationToken)));
        }

        // Measured only where there is something to say.
        ApplicationSizes sizes = warnings.Count == 0 ? new ApplicationSizes(0, 0, IsWeb) : new ApplicationSizes(
            CompressedSize.Of([Executable], cancellationToken), CompressedSize.Of(Assemblies, cancellationToken), IsWeb);
        ModeAdvice advice = ModeAdvice.Of(warnings, Mode, sizes);
        await StageFile.WriteAsync(AdviceFile, advice, FactsJson.Documents.ModeAdvice, cancellationToken);
        IsClean = advice.NextMode is null;
        if (!IsClean)
        {
            Say(advice);
        }
    }

    private void Say(ModeAdvice advice)
    {
        string more = advice.WarningCount > MaxWarningsSaid ? $"; and {advice.WarningCount - MaxWarningsSaid} more" : "";
        string framework = advice.FrameworkOwnBytes is long own
            ? $" EdgeMode=framework takes it as well: about {ByteText.Of(own)} of the application's own, on a base of about {ByteText.Of(advice.FrameworkBaseBytes!.Value)} that images share."
            : "";
        Diagnostics.Warning(
            DiagnosticCodes.ModeMayBreak,
            Mode,
            string.Join("; ", advice.Warnings.Take(MaxWarningsSaid)) + more,
            advice.NextMode,
            ByteText.Of(advice.AddedBytes!.Value),
            framework);
    }
}
