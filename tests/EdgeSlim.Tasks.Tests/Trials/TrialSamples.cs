using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Trials;

internal static class TrialSamples
{
    public static TrialSettings Settings { get; } = new()
    {
        Profile = new TrialProfile { MilliCpus = 500, MemoryBytes = 104_857_600 },
        Readiness = new Readiness { HttpPath = "/healthz", Port = 8080 },
        Limits = new TrialLimits(TimeSpan.FromSeconds(3), 100_000_000, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)),
    };

    /// <summary>An application that did well.</summary>
    public static TrialObservation Good { get; } = new()
    {
        IsReady = true,
        Startup = TimeSpan.FromMilliseconds(40.04),
        PeakBytes = 15_300_000,
        CpuTime = TimeSpan.FromMilliseconds(61),
        Stop = TimeSpan.FromMilliseconds(5),
        ExitCode = 0,
        LastLines = ["started", "ended"],
    };

    public static TrialResult Result { get; } = new()
    {
        Digest = EdgeSlim.Oci.Digest.Of("image"u8),
        Engine = "podman",
        MilliCpus = 500,
        MemoryLimitBytes = 104_857_600,
        ReadyWhen = "port 8080 answers HTTP requests for /healthz",
        StartupMilliseconds = 40,
        PeakMemoryBytes = 15_300_000,
        CpuMilliseconds = 61,
        StopMilliseconds = 5.2,
        ExitCode = 0,
    };
}
