using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Sbom;
using EdgeSlim.Scanning;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ScanJudge"/>: what comes of what was found.</summary>
public sealed class JudgeScan : EdgeTask
{
    /// <summary>What was found.</summary>
    [Required]
    public string ScanFile { get; set; } = "";

    /// <summary>The inventory.</summary>
    [Required]
    public string InventoryFile { get; set; } = "";

    /// <summary>EdgeScanFailOn.</summary>
    public string FailOn { get; set; } = "";

    /// <summary>EdgeScanIgnore; metadata Reason, Expires and Package.</summary>
    public ITaskItem[] Ignores { get; set; } = [];

    /// <summary>The project's file, for the SARIF log.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Where the report is written to.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Where the SARIF log is written to.</summary>
    [Required]
    public string SarifFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Severity? bar = FailOn.Equals("none", StringComparison.OrdinalIgnoreCase) ? null
            : FailOn.Length == 0 ? Severity.Critical
            : OneOf<Severity>("EdgeScanFailOn", FailOn);
        IgnoreRule[] rules =
            [.. Ignores.Select(i => IgnoreRule.Parse(i.ItemSpec, i.GetMetadata("Package"), i.GetMetadata("Reason"), i.GetMetadata("Expires")))];
        Scan scan = await StageFile.ReadAsync(ScanFile, ScanJson.Documents.Scan, cancellationToken);
        Inventory inventory = await StageFile.ReadAsync(InventoryFile, SbomJson.Indented.Inventory, cancellationToken);
        ScanReport report = ScanJudge.Judge(scan, inventory, bar, rules, DateOnly.FromDateTime(DateTime.UtcNow));
        foreach (JudgedFinding judged in report.Findings)
        {
            Say(judged, report);
        }

        await StageFile.WriteAsync(ReportFile, report, ScanJson.Documents.ScanReport, cancellationToken);
        await StageFile.WriteAsync(SarifFile, SarifWriter.Write(report, Path.GetFileName(ProjectFile)), cancellationToken);
    }

    private void Say(JudgedFinding judged, ScanReport report)
    {
        string text = FindingText.Of(judged.Finding);
        string reason = judged.Reason is null ? "" : $" ({judged.Reason})";
        switch (judged.Verdict)
        {
            case ScanVerdict.Fails:
                Diagnostics.Error(DiagnosticCodes.VulnerabilityFails, text, reason, report.FailOn);
                break;
            // NuGet has said its own when it restored.
            case ScanVerdict.Warns when report.Scanner != Audit.Name:
                Diagnostics.Warning(DiagnosticCodes.VulnerabilityFound, text, reason, report.FailOn);
                break;
            case ScanVerdict.NotPresent:
                Diagnostics.Important($"Not in the image: {text}; {judged.Reason}.");
                break;
            default:
                Diagnostics.Information($"{judged.Verdict}: {text}{reason}.");
                break;
        }
    }
}
