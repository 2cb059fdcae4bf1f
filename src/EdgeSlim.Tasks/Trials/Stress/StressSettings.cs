using System.Globalization;

namespace EdgeSlim.Trials.Stress;

/// <summary>What the user asks of a stress test.</summary>
public sealed record StressSettings
{
    /// <summary>How the image is started, and by what it is seen that it is ready.</summary>
    public required TrialSettings Trial { get; init; }

    /// <summary>The load.</summary>
    public required StressLoad Load { get; init; }

    /// <summary>EdgeStressDuration.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>EdgeStressNoise: what is done beside the application, in its own control group.</summary>
    public IReadOnlyList<StressNoise> Noise { get; init; } = [];

    /// <summary>What it has to hold.</summary>
    public required StressThresholds Thresholds { get; init; }
}

/// <summary>What asks the application for work.</summary>
/// <param name="Port">EdgeStressPort: the port of the application.</param>
/// <param name="Path">EdgeStressPath: what is asked for.</param>
/// <param name="Rate">EdgeStressRate: how many times a second, whatever the answers are.</param>
public sealed record StressLoad(int Port, string Path, double Rate)
{
    /// <summary>EdgeStressMethod.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>EdgeStressBody: the file that is sent with each request; null for none.</summary>
    public string? BodyFile { get; init; }

    /// <summary>EdgeStressBodyType: what the file is.</summary>
    public string BodyType { get; init; } = "application/json";

    /// <summary>EdgeStressCommand: the user's own program in place of requests; null for none.</summary>
    public string? Command { get; init; }

    /// <summary>Where the command starts.</summary>
    public string CommandFolder { get; init; } = "";

    /// <summary>In words.</summary>
    /// <returns>What it is.</returns>
    public override string ToString() => Command is not null
        ? $"'{Command}'"
        : string.Create(CultureInfo.InvariantCulture, $"{Rate:0.###} requests per second ({Method} {Path} on port {Port})");
}

/// <summary>What it has to hold; null where it does not matter.</summary>
/// <param name="MaxP99">EdgeStressMaxP99: the latency that 99 of 100 requests keep below.</param>
/// <param name="MaxErrorRate">EdgeStressMaxErrorRate: the share of requests that may fail, from 0 to 1.</param>
/// <param name="MaxMemory">EdgeStressMaxMemory: the memory at its peak, in bytes.</param>
public sealed record StressThresholds(TimeSpan? MaxP99, double? MaxErrorRate, long? MaxMemory);

/// <summary>What is done beside the application.</summary>
public enum StressNoise
{
    /// <summary>One that computes.</summary>
    Cpu,

    /// <summary>One that fills a quarter of the memory, again and again.</summary>
    Memory,

    /// <summary>One that writes files.</summary>
    Io,
}
