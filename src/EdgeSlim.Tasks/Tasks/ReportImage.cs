using EdgeSlim.Bases;
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
        ImagePlan plan = await StageFile.ReadAsync(Left("plan.json"), PlanJson.Documents.ImagePlan, cancellationToken);
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
            Payload = await StageFile.ReadAsync(Left("payload.json"), PlanJson.Documents.Payload, cancellationToken),
            Needs = await StageFile.ReadAsync(
                Left("needs.json"), FactsJson.Documents.ApplicationNeeds, cancellationToken),
            Source = await StageFile.ReadAsync(
                Left("source.json"), FactsJson.Documents.SourceRevision, cancellationToken),
            Image = ImageFactsReader.Read(
                plan,
                await StageFile.ReadAsync(Left("base-choice.json"), PlanJson.Documents.BaseChoice, cancellationToken),
                new ImageLayout(LayoutFolder).ReadImage(),
                await ReadBaseAsync(plan, cancellationToken)),
            Verification = await StageFile.ReadAsync(
                Left("verification.json"), FactsJson.Documents.Verdict, cancellationToken),
            Deliveries = await StageFile.ReadAsync(
                Left("deliveries.json"), FactsJson.Documents.IReadOnlyListDelivered, cancellationToken),
        };
        await StageFile.WriteAsync(FactsFile, facts, FactsJson.Documents.Facts, cancellationToken);
        await StageFile.WriteAsync(SummaryFile, Summary.Lines(facts, LayoutFolder), cancellationToken);
    }

    // What earlier runs on other bases left is not asked.
    private async Task<BaseFacts> ReadBaseAsync(ImagePlan plan, CancellationToken cancellationToken)
    {
        BaseFacts facts = new(plan.BaseName, plan.BaseReason);
        if (plan.BaseLayoutFolder is null)
        {
            return facts;
        }

        BaseImage image = await StageFile.ReadAsync(
            Path.Combine(WorkFolder, "base.json"), PlanJson.Documents.BaseImage, cancellationToken);
        return facts with
        {
            Digest = image.Digest,
            PulledFrom = image.PulledFrom,
            IsLocked = image.IsLocked,
            Contents = await StageFile.ReadAsync(
                Path.Combine(WorkFolder, "base-contents.json"), PlanJson.Documents.BaseContents, cancellationToken),
        };
    }
}
