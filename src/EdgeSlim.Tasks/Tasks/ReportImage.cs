using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Joins what the stages left into facts.json, and makes the closing summary of it.</summary>
public sealed class ReportImage : EdgeTask
{
    /// <summary>The project's name.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>EdgeMode.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <summary>EdgeOptimize.</summary>
    [Required]
    public string Optimize { get; set; } = "";

    /// <summary>What the toolchain probe chose; empty without Native AOT.</summary>
    public string Toolchain { get; set; } = "";

    /// <summary>The version of the .NET SDK.</summary>
    [Required]
    public string SdkVersion { get; set; } = "";

    /// <summary>The folder in which the stages leave their files.</summary>
    [Required]
    public string WorkFolder { get; set; } = "";

    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The folder in which the stages leave their files of the debug image.</summary>
    public string DebugWorkFolder { get; set; } = "";

    /// <summary>The debug image's layout; empty where there is none.</summary>
    public string DebugLayoutFolder { get; set; } = "";

    /// <summary>Where the facts are written to.</summary>
    [Required]
    public string FactsFile { get; set; } = "";

    /// <summary>Where the closing summary is written to.</summary>
    [Required]
    public string SummaryFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        string Left(string name) => Path.Combine(WorkFolder, name);
        DebugFacts image = await ReadImageAsync(WorkFolder, LayoutFolder, cancellationToken);
        Facts facts = new()
        {
            Publish = new PublishFacts
            {
                Project = Project,
                RuntimeIdentifier = RuntimeIdentifier,
                Mode = Mode,
                Optimize = Optimize,
                Toolchain = Toolchain.Length == 0 ? null : Toolchain,
                SdkVersion = SdkVersion,
            },
            Analysis = await StageFile.ReadAsync(Left("advice.json"), FactsJson.Documents.ModeAdvice, cancellationToken),
            Payload = await StageFile.ReadAsync(Left("payload.json"), PlanJson.Documents.Payload, cancellationToken),
            Needs = await StageFile.ReadAsync(
                Left("needs.json"), FactsJson.Documents.ApplicationNeeds, cancellationToken),
            Source = await StageFile.ReadAsync(
                Left("source.json"), FactsJson.Documents.SourceRevision, cancellationToken),
            Image = image.Image,
            Verification = image.Verification,
            Deliveries = image.Deliveries,
            Debug = DebugLayoutFolder.Length == 0
                ? null
                : await ReadImageAsync(DebugWorkFolder, DebugLayoutFolder, cancellationToken),
        };
        await StageFile.WriteAsync(FactsFile, facts, FactsJson.Documents.Facts, cancellationToken);
        await StageFile.WriteAsync(SummaryFile, Summary.Lines(facts, LayoutFolder), cancellationToken);
    }

    private static async Task<DebugFacts> ReadImageAsync(
        string workFolder, string layoutFolder, CancellationToken cancellationToken)
    {
        string Left(string name) => Path.Combine(workFolder, name);
        ImagePlan plan = await StageFile.ReadAsync(Left("plan.json"), PlanJson.Documents.ImagePlan, cancellationToken);
        return new DebugFacts
        {
            Image = ImageFactsReader.Read(plan, new ImageLayout(layoutFolder).ReadImage()),
            Verification = await StageFile.ReadAsync(
                Left("verification.json"), FactsJson.Documents.Verdict, cancellationToken),
            Deliveries = await StageFile.ReadAsync(
                Left("deliveries.json"), FactsJson.Documents.IReadOnlyListDelivered, cancellationToken),
        };
    }
}
