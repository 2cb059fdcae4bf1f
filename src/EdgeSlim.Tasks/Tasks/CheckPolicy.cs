using System.Text;
using EdgeSlim.Bases.Locking;
using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.Policy;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using EdgeSlim.Scanning;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Holds an image against what images have to be like.</summary>
public sealed class CheckPolicy : EdgeTask
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The image's name, for the JUnit file.</summary>
    [Required]
    public string Image { get; set; } = "";

    /// <summary>EdgePolicy.</summary>
    public string Mode { get; set; } = "";

    /// <summary>EdgePolicyFile; empty where there is none.</summary>
    public string PolicyFile { get; set; } = "";

    /// <summary>EdgePolicyRule; metadata Level.</summary>
    public ITaskItem[] Rules { get; set; } = [];

    /// <summary>EdgeRequireDigest.</summary>
    public string RequireDigest { get; set; } = "";

    /// <summary>The bases that the image is made of.</summary>
    public string[] Bases { get; set; } = [];

    /// <summary>EdgeLockFile.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>What came of the scan; empty where there was none.</summary>
    public string ScanReportFile { get; set; } = "";

    /// <summary>EdgePolicyRego: files and folders with rules of the user's.</summary>
    public string[] Rego { get; set; } = [];

    /// <summary>EdgePolicyEngine.</summary>
    public string Engine { get; set; } = "";

    /// <summary>EdgePolicyTimeout, in seconds.</summary>
    public string Timeout { get; set; } = "";

    /// <summary>What is known of the image, for rules of the user's; empty where that is not all known.</summary>
    public string FactsFile { get; set; } = "";

    /// <summary>Where what they judge by is written to.</summary>
    public string InputFile { get; set; } = "";

    /// <summary>Where how the image stands to the rules is written to.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Where the JUnit file is written to.</summary>
    [Required]
    public string JUnitFile { get; set; } = "";

    /// <summary>Whether there is nothing to say of the image, in this run or the next.</summary>
    [Output]
    public bool IsClean { get; set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        PolicyMode mode = OneOf<PolicyMode>("EdgePolicy", Mode);
        PolicySettings settings = PolicySettingsReader.Read(
            mode, PolicyFile, Flag("EdgeRequireDigest", RequireDigest), Rules.Select(r => (r.ItemSpec, r.GetMetadata("Level"))));
        IReadOnlyList<PolicyCheck> judged = PolicyJudge.Judge(
            settings, await ReadImageAsync(cancellationToken), DateOnly.FromDateTime(DateTime.UtcNow));
        IReadOnlyList<PolicyCheck> checks = [.. judged.Where(c => c.Level != PolicyLevel.Off)];
        PolicyReporter.Report(checks, Diagnostics);
        PolicyReport report = new() { Checks = checks };
        if (Rego.Length > 0 && FactsFile.Length > 0)
        {
            RegoRun run = RegoRun.Find(
                Engine, Seconds("EdgePolicyTimeout", Timeout, DefaultTimeout), new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? ""));
            Facts facts = await StageFile.ReadAsync(FactsFile, FactsJson.Documents.Facts, cancellationToken);
            await StageFile.WriteAsync(
                InputFile, facts with { Policy = new PolicyReport { Checks = judged } }, FactsJson.Documents.Facts, cancellationToken);
            IReadOnlyList<PolicyCheck> said = await run.JudgeAsync(Rego, InputFile, mode == PolicyMode.Strict, cancellationToken);
            PolicyReporter.Report(said, Diagnostics);
            report = new PolicyReport { Engine = run.Name, Checks = [.. checks, .. said] };
        }

        IsClean = report.Checks.All(c => c.Verdict == PolicyVerdict.Passed);
        await StageFile.WriteAsync(ReportFile, report, PolicyJson.Documents.PolicyReport, cancellationToken);
        await StageFile.WriteAsync(JUnitFile, Encoding.UTF8.GetBytes(PolicyJUnit.Write(Image, report)), cancellationToken);
    }

    private async Task<JudgedImage> ReadImageAsync(CancellationToken cancellationToken)
    {
        ImageLayout layout = new(LayoutFolder);
        LayoutImage image = layout.ReadImage();
        BaseLock? locked = BaseLockFile.Read(LockFile);
        return new JudgedImage
        {
            Image = image,
            Contents = ImageContents.Read(layout, image, cancellationToken),
            Bases = [.. Bases.Distinct().Select(b => BaseRules.Describe(b, locked))],
            Scan = ScanReportFile.Length == 0
                ? null
                : await StageFile.ReadAsync(ScanReportFile, ScanJson.Documents.ScanReport, cancellationToken),
        };
    }
}
