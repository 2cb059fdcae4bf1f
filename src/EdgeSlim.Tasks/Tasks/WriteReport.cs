using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Comparison;
using EdgeSlim.Reporting.Pages;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Writes the report as a page, and for a summary of a CI service.</summary>
public sealed class WriteReport : EdgeTask
{
    private const string StepSummary = "GITHUB_STEP_SUMMARY";

    /// <summary>The folder in which the stages leave their files.</summary>
    [Required]
    public string WorkFolder { get; set; } = "";

    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The folder of all results.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <summary>The report, as it was measured.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>What all stages learned; empty where the image was not delivered.</summary>
    public string FactsFile { get; set; } = "";

    /// <summary>Where reports of commits are kept.</summary>
    [Required]
    public string KeptFolder { get; set; } = "";

    /// <summary>The folder of the report.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ImageReport report = await StageFile.ReadAsync(ReportFile, ReportJson.Documents.ImageReport, cancellationToken);
        PageEvidence evidence = await PageEvidence.ReadAsync(WorkFolder, new ImageLayout(LayoutFolder), ResultsFolder, FactsFile, cancellationToken);
        string markdown = MarkdownPage.Write(report);
        await StageFile.WriteAsync(Path.Combine(OutputFolder, "report.md"), [markdown], cancellationToken);
        await StageFile.WriteAsync(Path.Combine(OutputFolder, "report.html"), HtmlPage.Write(report, evidence), cancellationToken);
        if (FactsFile.Length > 0)
        {
            await new KeptReports(KeptFolder).KeepAsync(report, cancellationToken);
        }

        AppendToStepSummary(markdown);
    }

    private void AppendToStepSummary(string markdown)
    {
        if (Environment.GetEnvironmentVariable(StepSummary) is not { Length: > 0 } path)
        {
            return;
        }

        try
        {
            File.AppendAllText(path, markdown + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The image is no worse for it.
            Diagnostics.Report(new Diagnostics.Diagnostic(
                EdgeSlim.Diagnostics.DiagnosticSeverity.Information, null, $"{StepSummary} is '{path}', which cannot be written: {e.Message}"));
        }
    }
}
