namespace EdgeSlim.Trials;

/// <summary>What was seen of an application while it was tried.</summary>
public sealed record TrialObservation
{
    /// <summary>From its start until it was ready; null where it never was, or shows no moment of it.</summary>
    public TimeSpan? Startup { get; init; }

    /// <summary>Whether all that was waited for came to pass.</summary>
    public bool IsReady { get; init; }

    /// <summary>What was seen of its port last, where it was not ready.</summary>
    public string? LastAnswer { get; init; }

    /// <summary>Whether it was held to its limits; null where that cannot be seen.</summary>
    public bool? IsLimited { get; init; }

    /// <summary>The most memory that its control group held, in bytes; null where that cannot be seen.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>The memory that its control group held over time; none where that cannot be seen.</summary>
    public IReadOnlyList<MemoryPoint> Memory { get; init; } = [];

    /// <summary>The processor time that it used; null where that cannot be seen.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Whether the kernel killed it, or a process of it, for its memory.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>How many processes of its control group the kernel killed for their memory, as far as that could be seen.</summary>
    public long OutOfMemoryKills { get; init; }

    /// <summary>Whether it ended of itself.</summary>
    public bool EndedItself { get; init; }

    /// <summary>When it ended of itself, from its start.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Its exit code; null where it had to be killed.</summary>
    public int? ExitCode { get; init; }

    /// <summary>From SIGTERM to its end; null where it was not asked, or did not end.</summary>
    public TimeSpan? Stop { get; init; }

    /// <summary>Whether it did not end when it was asked to.</summary>
    public bool IgnoredStop { get; init; }

    /// <summary>What it said last.</summary>
    public IReadOnlyList<string> LastLines { get; init; } = [];
}
