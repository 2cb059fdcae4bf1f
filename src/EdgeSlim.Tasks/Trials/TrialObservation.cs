using System.Text.Json.Serialization;
using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Trials;

/// <summary>What was seen of an application while it was tried.</summary>
public sealed record TrialObservation
{
    /// <summary>From its start until it was ready; null where it never was, or shows no moment of it.</summary>
    public TimeSpan? Startup { get; init; }

    /// <summary>Whether all that was waited for came to pass.</summary>
    public bool IsReady { get; init; }

    /// <summary>When it is ready, in words.</summary>
    public string ReadyWhen { get; init; } = "";

    /// <summary>What was seen of its port last, where it was not ready.</summary>
    public string? LastAnswer { get; init; }

    /// <summary>Whether it was held to its limits; null where that cannot be seen.</summary>
    public bool? IsLimited { get; init; }

    /// <summary>The memory that it was given, in bytes.</summary>
    public long MemoryLimitBytes { get; init; }

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

    /// <summary>Whether it ended of itself in a way that it must not: when it should run, or with another exit code than 0.</summary>
    public bool IsCrashed { get; init; }

    /// <summary>When it ended of itself, from its start.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Its exit code; null where it had to be killed.</summary>
    public int? ExitCode { get; init; }

    /// <summary>From SIGTERM to its end; null where it was not asked, or did not end.</summary>
    public TimeSpan? Stop { get; init; }

    /// <summary>Whether it did not end when it was asked to.</summary>
    public bool IgnoredStop { get; init; }

    /// <summary>The port of a web application; null where it was not asked.</summary>
    public int? Port { get; init; }

    /// <summary>Whether that port accepts connections; null where it was not asked, or cannot be asked from here.</summary>
    public bool? IsPortOpen { get; init; }

    /// <summary>What a web application answered.</summary>
    public IReadOnlyList<RouteAnswer> Routes { get; init; } = [];

    /// <summary>The unhandled exceptions that it told of.</summary>
    public IReadOnlyList<UnhandledError> Exceptions { get; init; } = [];

    /// <summary>What it said last.</summary>
    public IReadOnlyList<string> LastLines { get; init; } = [];

    /// <summary>The exception that ended it; null where none did.</summary>
    [JsonIgnore]
    public UnhandledError? FatalException => Exceptions.LastOrDefault(e => e.IsFatal);

    /// <summary>All that it said that may tell a cause: its exceptions, innermost first, and its last lines.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Words =>
        [.. Exceptions.Select(e => e.Cause).OfType<string>(), .. Exceptions.Select(e => e.ToString()), .. LastLines];
}
