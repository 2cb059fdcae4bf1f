using EdgeSlim.Bases.Locking;
using EdgeSlim.Policy;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Holds a base against the rules for bases, before anything of it is downloaded.</summary>
public sealed class CheckBaseSource : EdgeTask
{
    /// <summary>The base: an image reference, a folder or an archive.</summary>
    [Required]
    public string BaseImage { get; set; } = "";

    /// <summary>EdgePolicy.</summary>
    public string Mode { get; set; } = "";

    /// <summary>EdgePolicyFile; empty where there is none.</summary>
    public string PolicyFile { get; set; } = "";

    /// <summary>EdgePolicyRule; metadata Level.</summary>
    public ITaskItem[] Rules { get; set; } = [];

    /// <summary>EdgeRequireDigest.</summary>
    public string RequireDigest { get; set; } = "";

    /// <summary>EdgeLockFile.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken cancellationToken)
    {
        PolicySettings settings = PolicySettingsReader.Read(
            OneOf<PolicyMode>("EdgePolicy", Mode),
            PolicyFile,
            Flag("EdgeRequireDigest", RequireDigest),
            Rules.Select(r => (r.ItemSpec, r.GetMetadata("Level"))));
        JudgedBase judged = BaseRules.Describe(BaseImage, BaseLockFile.Read(LockFile));

        // What is a warning is said once, by the gate.
        PolicyReporter.Report(
            PolicyJudge.JudgeBase(settings, judged, DateOnly.FromDateTime(DateTime.UtcNow)).Where(c => c.Verdict == PolicyVerdict.Failed),
            Diagnostics);
        return Task.CompletedTask;
    }
}
