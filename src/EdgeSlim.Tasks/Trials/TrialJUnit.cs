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
            [
                (TrialJudge.Start, result.StartupMilliseconds),
                (TrialJudge.Memory, null),
                (TrialJudge.Stop, result.StopMilliseconds),
                .. result.Routes.Count > 0 ? [(TrialJudge.Routes, (double?)null)] : Array.Empty<(string, double?)>(),
            ],
            [.. outcome.Failures.Where(f => !f.IsWarning), .. outcome.Suspicions.Select(s => new TrialFailure(s.Code, s.Text, s.Check))],
            [
                ("digest", result.Digest.ToString()),
                ("engine", result.Engine),
                ("peakMemoryBytes", result.PeakMemoryBytes?.ToString(CultureInfo.InvariantCulture)),
                ("notProven", result.ProofReason),
                ("cpuMilliseconds", result.CpuMilliseconds?.ToString(CultureInfo.InvariantCulture)),
            ],
            outcome.LastLines).Write();
    }
}
