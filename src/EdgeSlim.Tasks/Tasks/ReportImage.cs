using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Policy;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adds to the facts what came of the gates and where the image was delivered, and makes the closing summary.</summary>
public sealed class ReportImage : EdgeTask
{
    /// <summary>What was known before the image was delivered.</summary>
    [Required]
    public string CollectedFile { get; set; } = "";

    /// <summary>How the image stands to the policy; empty where it was held against none.</summary>
    public string PolicyReportFile { get; set; } = "";

    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>Where it was delivered; empty for one of several images, of which the index is delivered.</summary>
    public string DeliveriesFile { get; set; } = "";

    /// <summary>Where its debuggable twin was delivered; empty where there is none.</summary>
    public string DebugDeliveriesFile { get; set; } = "";

    /// <summary>Where the facts are written to.</summary>
    [Required]
    public string FactsFile { get; set; } = "";

    /// <summary>Where the closing summary is written to.</summary>
    [Required]
    public string SummaryFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Facts collected = await StageFile.ReadAsync(CollectedFile, FactsJson.Documents.Facts, cancellationToken);
        IReadOnlyList<Delivered> twin = await ReadAsync(DebugDeliveriesFile, cancellationToken);
        Facts facts = collected with
        {
            Policy = PolicyReportFile.Length == 0
                ? null
                : await StageFile.ReadAsync(PolicyReportFile, PolicyJson.Documents.PolicyReport, cancellationToken),
            Deliveries = await ReadAsync(DeliveriesFile, cancellationToken),
            Debug = collected.Debug is { } debug ? debug with { Deliveries = twin } : null,
        };
        await StageFile.WriteAsync(FactsFile, facts, FactsJson.Documents.Facts, cancellationToken);
        await StageFile.WriteAsync(SummaryFile, Summary.Lines(facts, LayoutFolder), cancellationToken);
    }

    private static async Task<IReadOnlyList<Delivered>> ReadAsync(string file, CancellationToken cancellationToken) => file.Length == 0
        ? []
        : await StageFile.ReadAsync(file, FactsJson.Documents.IReadOnlyListDelivered, cancellationToken);
}
