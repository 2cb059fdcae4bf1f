using HdrHistogram;

namespace EdgeSlim.Trials.Stress;

/// <summary>What came of the requests.</summary>
public sealed record LoadResult
{
    /// <summary>How many were due.</summary>
    public required long Requests { get; init; }

    /// <summary>How many failed: no connection, no answer, a status of 400 or more.</summary>
    public required long Errors { get; init; }

    /// <summary>How many failed of each kind.</summary>
    public required IReadOnlyDictionary<string, long> ErrorKinds { get; init; }

    /// <summary>From when requests were due to the end of their answers; null where none succeeded.</summary>
    public Latencies? Latency { get; init; }

    /// <summary>How much later than due requests were sent, which is the fault of this machine.</summary>
    public Latencies? Lateness { get; init; }

    /// <summary>Over time.</summary>
    public required IReadOnlyList<LoadPart> Parts { get; init; }

    /// <summary>The share of requests that failed.</summary>
    public double ErrorRate => Requests == 0 ? 0 : (double)Errors / Requests;
}

/// <summary>A part of the run.</summary>
/// <param name="Seconds">When it began, from the begin of the run.</param>
/// <param name="Requests">How many requests were due in it.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="P50Milliseconds">The latency that half of the others kept below.</param>
/// <param name="P99Milliseconds">The latency that 99 of 100 of them kept below.</param>
public sealed record LoadPart(double Seconds, long Requests, long Errors, double? P50Milliseconds, double? P99Milliseconds);

/// <summary>How latencies are distributed, in milliseconds.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="P50">What 50 of 100 keep below.</param>
/// <param name="P95">What 95 of 100 keep below.</param>
/// <param name="P99">What 99 of 100 keep below.</param>
/// <param name="P999">What 999 of 1000 keep below.</param>
/// <param name="Max">The largest.</param>
public sealed record Latencies(double Mean, double P50, double P95, double P99, double P999, double Max)
{
    internal static Latencies Of(HistogramBase histogram) => new(
        Math.Round(histogram.GetMean() / 1000, 3),
        Milliseconds(histogram, 50),
        Milliseconds(histogram, 95),
        Milliseconds(histogram, 99),
        Milliseconds(histogram, 99.9),
        Milliseconds(histogram, 100));

    internal static double Milliseconds(HistogramBase histogram, double percentile) =>
        Math.Round(histogram.GetValueAtPercentile(percentile) / 1000.0, 3);
}
