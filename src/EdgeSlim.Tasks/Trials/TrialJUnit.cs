using System.Globalization;

namespace EdgeSlim.Trials;

/// <summary>Says how a trial went in the words that CI services show. Pure.</summary>
public static class TrialJUnit
{
    /// <summary>Makes the document.</summary>
    /// <param name="name">What was tried.</param>
    /// <param name="outcome">How it went.</param>
    /// <returns>Its text.</returns>
    public static string Write(string name, TrialOutcome outcome)
    {
        TrialResult result = outcome.Result;
        return new JUnitSuite(
            $"edgeslim.trial.{name}",
            [(TrialJudge.Start, result.StartupMilliseconds), (TrialJudge.Memory, null), (TrialJudge.Stop, result.StopMilliseconds)],
            outcome.Failures,
            [
                ("digest", result.Digest.ToString()),
                ("engine", result.Engine),
                ("peakMemoryBytes", result.PeakMemoryBytes?.ToString(CultureInfo.InvariantCulture)),
                ("cpuMilliseconds", result.CpuMilliseconds?.ToString(CultureInfo.InvariantCulture)),
            ],
            outcome.LastLines).Write();
    }
}
