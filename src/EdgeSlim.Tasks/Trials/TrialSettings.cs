namespace EdgeSlim.Trials;

/// <summary>What the user asks of a trial.</summary>
public sealed record TrialSettings
{
    /// <summary>How the container is confined.</summary>
    public required TrialProfile Profile { get; init; }

    /// <summary>How it is seen that the application is ready.</summary>
    public required Readiness Readiness { get; init; }

    /// <summary>What is asked of a web application; null for one that is none.</summary>
    public WebQuestion? Web { get; init; }

    /// <summary>What it may use.</summary>
    public required TrialLimits Limits { get; init; }

    /// <summary>
    /// The same for a control, which is compiled while it runs: what the image does in its first second, the control does later. It gets the
    /// time for it.
    /// </summary>
    /// <returns>The settings.</returns>
    public TrialSettings ForControl()
    {
        TimeSpan more = TimeSpan.FromSeconds(4);
        return this with
        {
            Readiness = Readiness with { Alive = Readiness.Alive + more },
            Web = Web is null ? null : Web with { AnswerTime = Web.AnswerTime + more },
            Limits = Limits with { Timeout = Limits.Timeout + more },
        };
    }
}

/// <summary>How the container of a trial is confined, and what it is given.</summary>
public sealed record TrialProfile
{
    /// <summary>The network that has only a loopback.</summary>
    public const string NoNetwork = "none";

    /// <summary>Who runs an image that names no user.</summary>
    public const string DefaultUser = "65532:65532";

    /// <summary>EdgeCpuLimit, in thousandths of a processor.</summary>
    public required int MilliCpus { get; init; }

    /// <summary>EdgeMemoryLimit, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The share of processors that it gets where others want them too, in thousandths; null where it has no claim.</summary>
    public int? RequestedMilliCpus { get; init; }

    /// <summary>The memory that is not taken from it as long as there is other; null where it has no claim.</summary>
    public long? RequestedMemoryBytes { get; init; }

    /// <summary>What Kubernetes makes of a share of processors: cgroup v1's unit, of which a whole processor has 1024.</summary>
    public int? CpuShares => RequestedMilliCpus is int milli ? Math.Max(2, milli * 1024 / 1000) : null;

    /// <summary>The network; null for the engine's own default.</summary>
    public string? Network { get; init; } = NoNetwork;

    /// <summary>EdgeRuntime: the OCI runtime; null for the engine's own default.</summary>
    public string? Runtime { get; init; }

    /// <summary>EdgeTrialEngineArgs: what else the engine is told when it makes the container.</summary>
    public IReadOnlyList<string> EngineArguments { get; init; } = [];

    /// <summary>
    /// The file of a seccomp profile, of the form that both engines and the OCI runtime specification have (config-linux.md,
    /// "Seccomp"); null for the engine's own default.
    /// </summary>
    public string? SeccompFile { get; init; }

    /// <summary>Environment variables beside those of the image.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Arguments in place of the image's default ones.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Files and folders of this machine, and empty folders in memory.</summary>
    public IReadOnlyList<TrialMount> Mounts { get; init; } = [];
}

/// <summary>What the container sees at a path.</summary>
/// <param name="Target">The path in the container.</param>
/// <param name="Source">The file or folder of this machine; null for an empty folder in memory.</param>
/// <param name="IsReadOnly">Whether the container cannot write to it.</param>
public sealed record TrialMount(string Target, string? Source, bool IsReadOnly);

/// <summary>How it is seen that the application is ready: when all that is set has come to pass.</summary>
public sealed record Readiness
{
    /// <summary>A path that answers with a status from 200 to 399.</summary>
    public string? HttpPath { get; init; }

    /// <summary>The port that is asked, or, without a path, that accepts connections.</summary>
    public int? Port { get; init; }

    /// <summary>A regular expression that a line of the application's output matches.</summary>
    public string? LogPattern { get; init; }

    /// <summary>Whether it is one that does its work and ends with exit code 0.</summary>
    public bool Exits { get; init; }

    /// <summary>Whether it may do its work and end with exit code 0 instead of running for <see cref="Alive"/>.</summary>
    public bool MayExit { get; init; }

    /// <summary>How long it has to run at least; without any other sign, that is the sign.</summary>
    public TimeSpan Alive { get; init; }

    /// <summary>Whether there is a moment at which it is ready, before it has run for <see cref="Alive"/>.</summary>
    public bool HasSign => Port is not null || LogPattern is not null || Exits;

    /// <summary>In words.</summary>
    /// <returns>What is waited for.</returns>
    public override string ToString()
    {
        List<string> signs = [];
        if (HttpPath is not null)
        {
            signs.Add($"port {Port} answers HTTP requests for {HttpPath}");
        }
        else if (Port is not null)
        {
            signs.Add($"port {Port} accepts connections");
        }

        if (LogPattern is not null)
        {
            signs.Add($"its output matches '{LogPattern}'");
        }

        if (Exits)
        {
            signs.Add("it ends with exit code 0");
        }

        if (Alive > TimeSpan.Zero)
        {
            signs.Add($"it runs for {Alive.TotalMilliseconds:0} ms{(MayExit ? " or ends with exit code 0" : "")}");
        }

        return string.Join(" and ", signs);
    }
}

/// <summary>What the application may use.</summary>
/// <param name="MaxStartup">EdgeMaxStartup: until it is ready.</param>
/// <param name="MaxMemory">EdgeMaxMemory: at its peak, in bytes.</param>
/// <param name="MaxStop">EdgeMaxStop: from SIGTERM to its end.</param>
/// <param name="Timeout">EdgeTrialTimeout: how long it is waited for, so that "slow" can be told from "never".</param>
public sealed record TrialLimits(TimeSpan MaxStartup, long MaxMemory, TimeSpan MaxStop, TimeSpan Timeout)
{
    /// <summary>Whether <see cref="MaxStartup"/> is only a default value: to exceed it is worth a warning.</summary>
    public bool IsMaxStartupDefault { get; init; }

    /// <summary>Whether <see cref="MaxMemory"/> is only a default value.</summary>
    public bool IsMaxMemoryDefault { get; init; }

    /// <summary>Whether <see cref="MaxStop"/> is only a default value.</summary>
    public bool IsMaxStopDefault { get; init; }
}
