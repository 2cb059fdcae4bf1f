using EdgeSlim.Oci;

namespace EdgeSlim.Trials;

/// <summary>How an image that is delivered did when it was tried.</summary>
public sealed record TrialResult
{
    /// <summary>The digest of the image's manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The OCI runtime, where the user named one.</summary>
    public string? Runtime { get; init; }

    /// <summary>The emulator that ran it, where it is for another processor.</summary>
    public string? Emulator { get; init; }

    /// <summary>The processor limit, in thousandths of a processor.</summary>
    public required int MilliCpus { get; init; }

    /// <summary>The memory limit.</summary>
    public required long MemoryLimitBytes { get; init; }

    /// <summary>By what it was seen that it is ready, in words.</summary>
    public required string ReadyWhen { get; init; }

    /// <summary>From its start until it was ready; null where there is no such moment.</summary>
    public double? StartupMilliseconds { get; init; }

    /// <summary>The most memory that its control group held; null where that could not be seen.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>The memory that its control group held, from its start to its end; none where that could not be seen.</summary>
    public IReadOnlyList<MemoryPoint> Memory { get; init; } = [];

    /// <summary>The processor time that it used; null where that could not be seen.</summary>
    public double? CpuMilliseconds { get; init; }

    /// <summary>From SIGTERM to its end; null where it ended of itself.</summary>
    public double? StopMilliseconds { get; init; }

    /// <summary>Its exit code.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What a web application answered.</summary>
    public IReadOnlyList<RouteAnswer> Routes { get; init; } = [];

    /// <summary>What is worth a warning.</summary>
    public IReadOnlyList<TrialFailure> Warnings { get; init; } = [];

    /// <summary>Whether the trial is a proof that the image works.</summary>
    public TrialProof Proof { get; init; }

    /// <summary>Why it is none.</summary>
    public string? ProofReason { get; init; }

    /// <summary>Says what was seen.</summary>
    /// <param name="image">The image.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="seen">What was seen.</param>
    /// <returns>It.</returns>
    public static TrialResult Of(TrialImage image, ITrialEngine engine, TrialSettings settings, TrialObservation seen) => new()
    {
        Digest = image.Image.Descriptor.Digest,
        Engine = engine.Name,
        Runtime = settings.Profile.Runtime,
        Emulator = image.Emulator is null ? null : Path.GetFileName(image.Emulator),
        MilliCpus = settings.Profile.MilliCpus,
        MemoryLimitBytes = settings.Profile.MemoryBytes,
        ReadyWhen = settings.Readiness.ToString(),
        StartupMilliseconds = Milliseconds(seen.Startup),
        PeakMemoryBytes = seen.PeakBytes,
        Memory = seen.Memory,
        CpuMilliseconds = Milliseconds(seen.CpuTime),
        StopMilliseconds = Milliseconds(seen.Stop),
        ExitCode = seen.ExitCode,
        Routes = seen.Routes,
    };

    private static double? Milliseconds(TimeSpan? time) =>
        time is TimeSpan some ? Math.Round(some.TotalMilliseconds, 1) : null;
}

/// <summary>Whether a trial shows that an image works.</summary>
public enum TrialProof
{
    /// <summary>It did what was asked of it.</summary>
    Proven,

    /// <summary>It did not, and neither does the application without any packaging, or nobody knows.</summary>
    NotProven,
}
