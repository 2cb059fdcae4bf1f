using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials.Stress;

/// <summary>Holds what was seen under load against what was asked for. Pure.</summary>
internal static class StressJudge
{
    public const string Start = "start";
    public const string Restarts = "restarts";
    public const string Memory = "memory";
    public const string Latency = "latency";
    public const string Errors = "errors";

    /// <summary>All checks, in the order in which they are told.</summary>
    public static IReadOnlyList<string> Checks { get; } = [Start, Restarts, Memory, Latency, Errors];

    /// <summary>Judges.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="settings">What was asked for.</param>
    /// <returns>What is wrong; nothing where all is well.</returns>
    public static IReadOnlyList<TrialFailure> Judge(StressObservation seen, StressSettings settings)
    {
        if (!seen.WasReady)
        {
            return TrialJudge.Judge(seen.Starts[0], settings.Trial);
        }

        List<TrialFailure> failures = [];
        void Fail(string check, string code, params object?[] arguments) =>
            failures.Add(new TrialFailure(code, Messages.Format(code, arguments), check));

        // Where others are in its group, it is only its own end that shows that it was meant.
        bool isKilled = seen.OutOfMemoryKills > 0 && (settings.Noise.Count == 0 || seen.Restarts > 0);
        string limit = TrialJudge.Megabytes(settings.Trial.Profile.MemoryBytes);
        if (isKilled)
        {
            Fail(Memory, DiagnosticCodes.StressOutOfMemory, seen.OutOfMemoryKills, limit);
        }

        if (seen.Restarts > 0 && !isKilled)
        {
            TrialObservation ended = seen.Starts.First(s => s.EndedItself);
            Fail(Restarts, DiagnosticCodes.StressRestarted, seen.Restarts, TrialJudge.Ending(ended), TrialJudge.Reason(ended.Words));
        }

        if (seen.PeakBytes > settings.Thresholds.MaxMemory)
        {
            Fail(Memory, DiagnosticCodes.StressTooMuchMemory, TrialJudge.Megabytes(seen.PeakBytes.Value), TrialJudge.Megabytes(settings.Thresholds.MaxMemory.Value));
        }

        if (seen.Command is (not 0, _))
        {
            Fail(Errors, DiagnosticCodes.StressCommandFailed, settings.Load.Command, $"exit code {seen.Command.Value.ExitCode}");
        }

        if (seen.Load is LoadResult load)
        {
            if (load.Latency?.P99 > settings.Thresholds.MaxP99?.TotalMilliseconds)
            {
                Fail(Latency, DiagnosticCodes.StressTooSlow, Number(load.Latency.P99), Number(settings.Thresholds.MaxP99!.Value.TotalMilliseconds), OfThisMachine(load));
            }

            if (load.ErrorRate > settings.Thresholds.MaxErrorRate)
            {
                (string kind, long count) = load.ErrorKinds.MaxBy(k => k.Value);
                Fail(Errors, DiagnosticCodes.StressErrors, Percent(load.ErrorRate), load.Errors, load.Requests, Percent(settings.Thresholds.MaxErrorRate.Value), $"{kind} ({count})");
            }
        }

        return failures;
    }

    // A machine that is busy with other things sends late, and the latency counts from when the request was due.
    private static string OfThisMachine(LoadResult load) => load.Lateness?.P99 is double late && late > load.Latency!.P99 / 4
        ? $" This machine is busy: of that, up to {Number(late)} ms passed before the request was sent."
        : "";

    private static string Number(double number) => number.ToString("0.0##", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
