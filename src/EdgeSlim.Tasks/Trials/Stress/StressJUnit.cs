using System.Globalization;

namespace EdgeSlim.Trials.Stress;

/// <summary>Says how an image did under load in the words that CI services show. Pure.</summary>
public static class StressJUnit
{
    /// <summary>Makes the document.</summary>
    /// <param name="name">What was put under load.</param>
    /// <param name="outcome">How it went.</param>
    /// <returns>Its text.</returns>
    public static string Write(string name, StressOutcome outcome)
    {
        StressResult result = outcome.Report.Result;
        return new JUnitSuite(
            $"edgeslim.stress.{name}",
            [.. StressJudge.Checks.Select(c => (c, c == StressJudge.Latency ? result.Latency?.P99 : null))],
            outcome.Failures,
            [
                ("digest", result.Digest.ToString()),
                ("engine", result.Engine),
                ("load", result.Load),
                ("p99Milliseconds", result.Latency?.P99.ToString(CultureInfo.InvariantCulture)),
                ("errorRate", result.ErrorRate?.ToString(CultureInfo.InvariantCulture)),
                ("outOfMemoryKills", result.OutOfMemoryKills.ToString(CultureInfo.InvariantCulture)),
                ("restarts", result.Restarts.ToString(CultureInfo.InvariantCulture)),
                ("peakMemoryBytes", result.PeakMemoryBytes?.ToString(CultureInfo.InvariantCulture)),
            ],
            outcome.LastLines).Write();
    }
}
