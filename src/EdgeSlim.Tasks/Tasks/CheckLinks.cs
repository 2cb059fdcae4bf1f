using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.LinkChecks;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="LinkChecker"/>.</summary>
public sealed class CheckLinks : EdgeTask
{
    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>EdgeLinkCheckIgnore: paths and names, of the property and of the items.</summary>
    public string[] Ignore { get; set; } = [];

    /// <summary>Whether the image is one to look around in.</summary>
    public bool NeedsShell { get; set; }

    /// <summary>Where the verdict is written to.</summary>
    [Required]
    public string VerdictFile { get; set; } = "";

    /// <summary>Whether there is nothing to say of the image, in this run or the next.</summary>
    [Output]
    public bool IsClean { get; set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        (Verdict verdict, IReadOnlyList<Problem> errors) =
            LinkChecker.Check(new ImageLayout(LayoutFolder), Ignore, NeedsShell, cancellationToken);
        Report(DiagnosticSeverity.Error, errors);
        Report(DiagnosticSeverity.Warning, verdict.Warnings);
        foreach (Problem ignored in verdict.Ignored)
        {
            Diagnostics.Information($"EdgeLinkCheckIgnore: {ignored.Text}");
        }

        if (errors.Count > 0)
        {
            return;
        }

        IsClean = verdict.Warnings.Count == 0;
        Diagnostics.Information(
            $"Verified {verdict.Digest}: {string.Join(" > ", verdict.Loaded)}; native files in the image: {verdict.NativeFiles}.");
        await StageFile.WriteAsync(VerdictFile, verdict, FactsJson.Documents.Verdict, cancellationToken);
    }

    private void Report(DiagnosticSeverity severity, IReadOnlyList<Problem> problems)
    {
        foreach (Problem problem in problems)
        {
            Diagnostics.Report(new Diagnostic(severity, problem.Code, problem.Text));
        }
    }
}
