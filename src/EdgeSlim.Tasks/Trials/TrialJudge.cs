using System.Globalization;
using System.Text.Json.Serialization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials;

/// <summary>Why an image failed its trial.</summary>
/// <param name="Code">One of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Text">The message.</param>
/// <param name="Check">Which check it failed: start, memory or stop.</param>
public sealed record TrialFailure(string Code, string Text, string Check)
{
    /// <summary>Whether the image can be delivered all the same: it exceeds a default value, which the user did not set.</summary>
    [JsonIgnore]
    public bool IsWarning { get; init; }
}

/// <summary>Holds what was seen against what was asked for. Pure.</summary>
public static class TrialJudge
{
    /// <summary>The check that the application starts.</summary>
    public const string Start = "start";

    /// <summary>The check that its memory suffices.</summary>
    public const string Memory = "memory";

    /// <summary>The check that it ends when it is asked to.</summary>
    public const string Stop = "stop";

    /// <summary>The check that a web application answers.</summary>
    public const string Routes = "routes";

    private const int SigTerm = 128 + 15;

    /// <summary>Judges.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="settings">What was asked for.</param>
    /// <returns>What is wrong; nothing where all is well.</returns>
    public static IReadOnlyList<TrialFailure> Judge(TrialObservation seen, TrialSettings settings)
    {
        string words = Reason(seen.Words);
        TrialLimits limits = settings.Limits;
        TrialFailure Failure(string check, string code, params object?[] arguments) =>
            new(code, Messages.Format(code, [.. arguments, words]), check);

        // What follows from having been killed, or from never having been ready, is not said again.
        if (seen.IsOutOfMemory)
        {
            return [Failure(Memory, DiagnosticCodes.TrialOutOfMemory, Megabytes(settings.Profile.MemoryBytes))];
        }

        if (IsCrash(seen.EndedItself, seen.ExitCode, settings.Readiness))
        {
            return [Failure(Start, DiagnosticCodes.TrialCrashed, Ending(seen), Milliseconds(seen.Lifetime), Hint(seen, settings.Readiness))];
        }

        if (!seen.IsReady)
        {
            string last = seen.LastAnswer is null ? "" : $" (last seen: {seen.LastAnswer})";
            return [Failure(Start, DiagnosticCodes.TrialNeverReady, Milliseconds(limits.Timeout), settings.Readiness, last)];
        }

        List<TrialFailure> failures = [];
        if (seen.Startup > limits.MaxStartup)
        {
            failures.Add(Failure(Start, DiagnosticCodes.TrialSlowStart, Milliseconds(seen.Startup), Milliseconds(limits.MaxStartup)) with { IsWarning = limits.IsMaxStartupDefault });
        }

        if (seen.PeakBytes > limits.MaxMemory)
        {
            failures.Add(Failure(Memory, DiagnosticCodes.TrialTooMuchMemory, Megabytes(seen.PeakBytes.Value), Megabytes(limits.MaxMemory)) with { IsWarning = limits.IsMaxMemoryDefault });
        }

        if (seen.IgnoredStop)
        {
            failures.Add(Failure(Stop, DiagnosticCodes.TrialStopIgnored, Milliseconds(limits.MaxStop)) with { IsWarning = limits.IsMaxStopDefault });
        }
        else if (seen.Stop is not null && seen.ExitCode is not (0 or SigTerm))
        {
            failures.Add(Failure(Stop, DiagnosticCodes.TrialStopFailed, Ending(seen.ExitCode)));
        }

        return failures;
    }

    /// <summary>Whether a failure is that of a limit, which the user sets: nobody else is to blame for it.</summary>
    /// <param name="code">The failure's code.</param>
    /// <returns>Whether it is.</returns>
    internal static bool IsOfLimit(string code) =>
        code is DiagnosticCodes.TrialSlowStart or DiagnosticCodes.TrialTooMuchMemory or DiagnosticCodes.TrialStopIgnored;

    /// <summary>Whether an application ended of itself in a way that it must not.</summary>
    /// <param name="endedItself">Whether it ended of itself.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="readiness">When it is ready.</param>
    /// <returns>Whether it did.</returns>
    internal static bool IsCrash(bool endedItself, int? exitCode, Readiness readiness) =>
        endedItself && !((readiness.Exits || readiness.MayExit) && exitCode == 0);

    // A signal that follows from an exception says less than the exception.
    internal static string Ending(TrialObservation seen) =>
        seen.FatalException is { } exception ? $"with the unhandled exception {exception}" : Ending(seen.ExitCode);

    private static string Hint(TrialObservation seen, Readiness readiness) =>
        seen.ExitCode == 0 && !readiness.Exits
            ? " Where it is meant to do its work and end, set EdgeTrialExit=true."
            : "";

    internal static string Ending(int? exitCode) => exitCode switch
    {
        null => "without an exit code",
        > 128 and < 160 => $"by signal {exitCode - 128} (exit code {exitCode})",
        _ => $"with exit code {exitCode}",
    };

    internal static string Reason(IReadOnlyList<string> lines) =>
        LikelyReason.Find(lines) is string found ? $" Likely reason: {found}"
        : lines.Count == 0 ? " It said nothing."
        : "";

    private static string Milliseconds(TimeSpan? time) =>
        time is null ? "an unknown time" : string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalMilliseconds:0} ms");

    internal static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
