using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Joins the facts of the platforms with those of the index, and makes the closing summary of it.</summary>
public sealed class ReportIndex : EdgeTask
{
    /// <summary>The repository, without a registry.</summary>
    [Required]
    public string Repository { get; set; } = "";

    /// <summary>The folders in which the stages left their files of the index, and of that of the debug images where there is one; with Layout and IsDebug.</summary>
    [Required]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>The facts of the platforms.</summary>
    [Required]
    public string[] PlatformFacts { get; set; } = [];

    /// <summary>Where the facts are written to.</summary>
    [Required]
    public string FactsFile { get; set; } = "";

    /// <summary>Where the closing summary is written to.</summary>
    [Required]
    public string SummaryFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        List<Facts> platforms = [];
        foreach (string file in PlatformFacts)
        {
            platforms.Add(await StageFile.ReadAsync(file, FactsJson.Documents.Facts, cancellationToken));
        }

        ITaskItem image = Images.Single(i => !IsDebug(i));
        ITaskItem? twin = Images.SingleOrDefault(IsDebug);
        IndexFacts facts = new()
        {
            Index = await ReadAsync(image, cancellationToken),
            Platforms = [.. platforms.OrderBy(p => p.Image.Platform.ToString(), StringComparer.Ordinal)],
            Debug = twin is null ? null : await ReadAsync(twin, cancellationToken),
        };
        await StageFile.WriteAsync(FactsFile, facts, FactsJson.Documents.IndexFacts, cancellationToken);
        await StageFile.WriteAsync(
            SummaryFile, IndexSummary.Lines(facts, image.GetMetadata("Layout")), cancellationToken);
    }

    private static bool IsDebug(ITaskItem image) => image.GetMetadata("IsDebug") == "true";

    private async Task<DeliveredIndex> ReadAsync(ITaskItem image, CancellationToken cancellationToken)
    {
        LayoutTree tree = new ImageLayout(image.GetMetadata("Layout")).ReadTree();
        return new DeliveredIndex
        {
            Repository = Repository,
            Tags = image.GetMetadata("Tags").Split(';', StringSplitOptions.RemoveEmptyEntries),
            Digest = tree.Root.Digest,
            CompressedBytes = tree.CompressedSize,
            Deliveries = await StageFile.ReadAsync(
                Path.Combine(image.ItemSpec, "deliveries.json"), FactsJson.Documents.IReadOnlyListDelivered, cancellationToken),
        };
    }
}
