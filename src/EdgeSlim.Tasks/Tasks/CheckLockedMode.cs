using EdgeSlim.Bases.Locking;
using EdgeSlim.Diagnostics;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Refuses a mode that is not the one in the lock file.</summary>
public sealed class CheckLockedMode : EdgeTask
{
    /// <summary>EdgeLockFile.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>The mode that the evidence chooses.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (BaseLockFile.Read(LockFile)?.Mode is string locked && locked != Mode)
        {
            throw new EdgeException(DiagnosticCodes.LockedModeChanged, Mode, LockFile, locked);
        }

        return Task.CompletedTask;
    }
}
