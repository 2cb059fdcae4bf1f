using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.Profiles;
using EdgeSlim.Reporting;
using EdgeSlim.Results;
using EdgeSlim.Scanning;
using EdgeSlim.Trials.Stress;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Joins what the stages left of an image into one document, before it is delivered.</summary>
public sealed class CollectFacts : EdgeTask
{
    /// <summary>The project's name.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The mode.</summary>
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

    /// <summary>Whether the application has modules.</summary>
    public bool HasModules { get; set; }

    /// <summary>What is known of the configuration; empty where the application gets none from outside.</summary>
    public string ConfigurationFile { get; set; } = "";

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

    /// <summary>The base that the debuggable twin has for itself; empty where it has the image's.</summary>
    public string DebugBaseFile { get; set; } = "";

    /// <summary>Why it is this mode; empty where the evidence says so.</summary>
    public string ModeReason { get; set; } = "";

    /// <summary>What the code says about modes.</summary>
    [Required]
    public string ModeFile { get; set; } = "";

    /// <summary>What came of the scan; empty where there was none.</summary>
    public string ScanReportFile { get; set; } = "";

    /// <summary>The folder of all results.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <summary>What the trial left; empty where the image was not to be tried.</summary>
    public string TrialFile { get; set; } = "";

    /// <summary>Where the facts are written to.</summary>
    [Required]
    public string FactsFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        string Left(string name) => Path.Combine(WorkFolder, name);
        BaseChoice choice = await StageFile.ReadAsync(
            Left("base-choice.json"), PlanJson.Documents.BaseChoice, cancellationToken);
        string baseFile = Left("base.json");
        DebugFacts image = await ReadImageAsync(WorkFolder, LayoutFolder, choice, baseFile, cancellationToken);
        ImageResults results = new(ResultsFolder, image.Image.Digest);
        Facts facts = new()
        {
            Publish = new PublishFacts
            {
                Project = Project,
                RuntimeIdentifier = RuntimeIdentifier,
                Mode = Mode,
                ModeReason = ModeReason.Length > 0 ? ModeReason : (await StageFile.ReadAsync(ModeFile, FactsJson.Documents.ModeChoice, cancellationToken)).Reason,
                Optimize = Optimize,
                Toolchain = Toolchain.Length == 0 ? null : Toolchain,
                SdkVersion = SdkVersion,
            },
            Analysis = await StageFile.ReadAsync(Left("advice.json"), FactsJson.Documents.ModeAdvice, cancellationToken),
            Modules = HasModules
                ? await StageFile.ReadAsync(Left("modules.json"), FactsJson.Documents.IReadOnlyListModuleFacts, cancellationToken)
                : [],
            Configuration = ConfigurationFile.Length == 0
                ? null
                : await StageFile.ReadAsync(ConfigurationFile, FactsJson.Documents.ApplicationConfiguration, cancellationToken),
            Payload = await StageFile.ReadAsync(Left("payload.json"), PlanJson.Documents.Payload, cancellationToken),
            Needs = await StageFile.ReadAsync(
                Left("needs.json"), FactsJson.Documents.ApplicationNeeds, cancellationToken),
            Source = await StageFile.ReadAsync(
                Left("source.json"), FactsJson.Documents.SourceRevision, cancellationToken),
            Image = image.Image,
            LinkCheck = image.LinkCheck,
            Scan = ScanReportFile.Length == 0
                ? null
                : await StageFile.ReadAsync(ScanReportFile, ScanJson.Documents.ScanReport, cancellationToken),
            Trial = await StageFile.ReadIfThereAsync(TrialFile, FactsJson.Documents.TrialResult, cancellationToken),
            Stress = (await StageFile.ReadIfThereAsync(results.PathOf(StressFiles.Report), FactsJson.Documents.StressReport, cancellationToken))?.Result,
            Profile = await StageFile.ReadIfThereAsync(results.PathOf(ProfileFiles.Result), FactsJson.Documents.ProfileResult, cancellationToken),
            StartHistory = TrialFile.Length > 0
                ? await StageFile.ReadIfThereAsync(Left("start-history.json"), FactsJson.Documents.IReadOnlyListStartPoint, cancellationToken) ?? []
                : [],
            Deliveries = [],
            Debug = DebugLayoutFolder.Length == 0
                ? null
                : DebugBaseFile.Length == 0
                    ? await ReadImageAsync(DebugWorkFolder, DebugLayoutFolder, choice, baseFile, cancellationToken)
                    : await ReadImageAsync(DebugWorkFolder, DebugLayoutFolder, null, DebugBaseFile, cancellationToken),
        };
        await StageFile.WriteAsync(FactsFile, facts, FactsJson.Documents.Facts, cancellationToken);
    }

    private static async Task<DebugFacts> ReadImageAsync(
        string workFolder, string layoutFolder, BaseChoice? choice, string baseFile, CancellationToken cancellationToken)
    {
        string Left(string name) => Path.Combine(workFolder, name);
        ImagePlan plan = await StageFile.ReadAsync(Left("plan.json"), PlanJson.Documents.ImagePlan, cancellationToken);
        return new DebugFacts
        {
            Image = ImageFactsReader.Read(
                plan,
                choice ?? new BaseChoice { Name = plan.BaseName, Reason = plan.BaseReason },
                new ImageLayout(layoutFolder).ReadImage(),
                await ReadBaseAsync(plan, baseFile, cancellationToken)),
            LinkCheck = await StageFile.ReadAsync(
                Left("link-check.json"), FactsJson.Documents.Verdict, cancellationToken),
            Deliveries = [],
        };
    }

    // What earlier runs on other bases left is not asked. Of the twin's own base nothing but the name is known.
    private static async Task<BaseFacts> ReadBaseAsync(ImagePlan plan, string baseFile, CancellationToken cancellationToken)
    {
        BaseFacts facts = new(plan.BaseName, plan.BaseReason);
        if (plan.BaseLayoutFolder is null)
        {
            return facts;
        }

        BaseImage image = await StageFile.ReadAsync(baseFile, PlanJson.Documents.BaseImage, cancellationToken);
        string contentsFile = Path.Combine(Path.GetDirectoryName(baseFile)!, "base-contents.json");
        return facts with
        {
            Digest = image.Digest,
            PulledFrom = image.PulledFrom,
            IsLocked = image.IsLocked,
            Contents = File.Exists(contentsFile)
                ? await StageFile.ReadAsync(contentsFile, PlanJson.Documents.BaseContents, cancellationToken)
                : null,
        };
    }
}
