using EdgeSlim.Oci;

namespace EdgeSlim.Trials.Stress;

/// <summary>How an image did under load: what the facts have of it.</summary>
public sealed record StressResult
{
    /// <summary>The digest of the image's manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The OCI runtime, where the user named one.</summary>
    public string? Runtime { get; init; }

    /// <summary>The processor limit, in thousandths of a processor.</summary>
    public required int MilliCpus { get; init; }

    /// <summary>The memory limit.</summary>
    public required long MemoryLimitBytes { get; init; }

    /// <summary>How long the load took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The load, in words.</summary>
    public required string Load { get; init; }

    /// <summary>How many requests were due; null where a command made the load.</summary>
    public long? Requests { get; init; }

    /// <summary>The share of them that failed.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>From when requests were due to the end of their answers.</summary>
    public Latencies? Latency { get; init; }

    /// <summary>How many processes the kernel killed for memory.</summary>
    public required long OutOfMemoryKills { get; init; }

    /// <summary>How often it ended of itself and was started again.</summary>
    public required int Restarts { get; init; }

    /// <summary>The most memory that its control group held; null where that could not be seen.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>How fast its memory grew after the warm-up; null where too little was seen.</summary>
    public double? MemoryBytesPerHour { get; init; }

    /// <summary>Whether it seems to leak memory.</summary>
    public bool? IsLeakSuspected { get; init; }

    /// <summary>The processor time that it used; null where that could not be seen.</summary>
    public double? CpuMilliseconds { get; init; }

    /// <summary>In which share of the periods of its processor limit it had to wait; null where that could not be seen.</summary>
    public double? ThrottledShare { get; init; }

    /// <summary>The most files and sockets that it had open; null where that could not be seen.</summary>
    public int? MaxFileDescriptors { get; init; }

    /// <summary>What was done beside it.</summary>
    public IReadOnlyList<string> Noise { get; init; } = [];

    /// <summary>The smallest limits that it holds its thresholds with, where they were looked for.</summary>
    public FoundLimits? Found { get; init; }

    internal static StressResult Of(TrialImage image, ITrialEngine engine, StressSettings settings, StressObservation seen)
    {
        ResourceSample? last = seen.Samples.LastOrDefault(s => s.Periods > 0);
        MemoryTrend? trend = seen.Trend;
        return new StressResult
        {
            Digest = image.Image.Descriptor.Digest,
            Engine = engine.Name,
            Runtime = settings.Trial.Profile.Runtime,
            MilliCpus = settings.Trial.Profile.MilliCpus,
            MemoryLimitBytes = settings.Trial.Profile.MemoryBytes,
            Seconds = settings.Duration.TotalSeconds,
            Load = settings.Load.ToString(),
            Requests = seen.Load?.Requests,
            ErrorRate = seen.Load is null ? null : Math.Round(seen.Load.ErrorRate, 6),
            Latency = seen.Load?.Latency,
            OutOfMemoryKills = seen.OutOfMemoryKills,
            Restarts = seen.Restarts,
            PeakMemoryBytes = seen.PeakBytes,
            MemoryBytesPerHour = trend?.BytesPerHour,
            IsLeakSuspected = trend?.IsLeakSuspected,
            CpuMilliseconds = seen.CpuTime is TimeSpan cpu ? Math.Round(cpu.TotalMilliseconds, 1) : null,
            ThrottledShare = last is null ? null : Math.Round((double)(last.ThrottledPeriods ?? 0) / last.Periods!.Value, 4),
            MaxFileDescriptors = seen.Samples.Max(s => s.FileDescriptors),
            Noise = [.. settings.Noise.Select(n => n.ToString().ToLowerInvariant())],
        };
    }
}

/// <summary>All that was seen: what <c>stress.json</c> has.</summary>
/// <param name="Result">The figures.</param>
/// <param name="Requests">What came of the requests; null where there were none.</param>
/// <param name="Samples">What it held and used over time; a restart begins the counters anew.</param>
public sealed record StressReport(StressResult Result, LoadResult? Requests, IReadOnlyList<ResourceSample> Samples);

/// <summary>Limits as Kubernetes has them, and what the application has to be told to live with them.</summary>
/// <param name="Requests">What it uses.</param>
/// <param name="Limits">The smallest with which it holds its thresholds.</param>
/// <param name="Environment">Settings of .NET's garbage collector; none where it holds them without.</param>
public sealed record FoundLimits(
    ResourceAmounts Requests, ResourceAmounts Limits, IReadOnlyDictionary<string, string> Environment);

/// <summary>What <c>limits.json</c> has: the limits, and whose they are.</summary>
/// <param name="Digest">The digest of the image that was put under load.</param>
/// <param name="Requests">As in <see cref="FoundLimits"/>.</param>
/// <param name="Limits">As in <see cref="FoundLimits"/>.</param>
/// <param name="Environment">As in <see cref="FoundLimits"/>.</param>
public sealed record ImageLimits(
    Digest Digest, ResourceAmounts Requests, ResourceAmounts Limits, IReadOnlyDictionary<string, string> Environment);

/// <summary>Quantities of Kubernetes.</summary>
/// <param name="Cpu">Such as <c>120m</c>.</param>
/// <param name="Memory">Such as <c>48Mi</c>.</param>
public sealed record ResourceAmounts(string Cpu, string Memory);
