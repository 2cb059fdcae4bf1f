using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials.Verdicts;

/// <summary>What kind of thing an application did that a working one does not.</summary>
public enum SuspicionKind
{
    /// <summary>The kernel killed it for its memory.</summary>
    OutOfMemory,

    /// <summary>It ended although it should run, or with another exit code than 0.</summary>
    Crashed,

    /// <summary>What shows that it is ready did not come to pass.</summary>
    NeverReady,

    /// <summary>A web application never opened its port.</summary>
    PortClosed,

    /// <summary>A route answers with a failure, or not at all.</summary>
    Route,

    /// <summary>It told of an unhandled exception, and went on.</summary>
    Exception,

    /// <summary>It failed while it ended.</summary>
    StopFailed,
}

/// <summary>
/// A sign that an image does not work. By itself it says nothing about who is to blame: an application without its database
/// shows the same signs.
/// </summary>
/// <param name="Kind">What kind of sign it is.</param>
/// <param name="Subject">What shows it, such as a route or an exception's type; null for the application as a whole.</param>
/// <param name="Text">What was seen, in words: the rest of a sentence that begins with the subject.</param>
public sealed record TrialSuspicion(SuspicionKind Kind, string? Subject, string Text)
{
    private const int SigTerm = 128 + 15;

    /// <summary>The code of the failure that it would be if there were nobody to compare with.</summary>
    public string Code => Kind switch
    {
        SuspicionKind.OutOfMemory => DiagnosticCodes.TrialOutOfMemory,
        SuspicionKind.NeverReady or SuspicionKind.PortClosed => DiagnosticCodes.TrialNeverReady,
        SuspicionKind.StopFailed => DiagnosticCodes.TrialStopFailed,
        _ => DiagnosticCodes.TrialCrashed,
    };

    /// <summary>The check that it belongs to.</summary>
    public string Check => Kind switch
    {
        SuspicionKind.OutOfMemory => TrialJudge.Memory,
        SuspicionKind.StopFailed => TrialJudge.Stop,
        SuspicionKind.Route => TrialJudge.Routes,
        _ => TrialJudge.Start,
    };

    /// <summary>Finds all. Pure.</summary>
    /// <param name="seen">What was seen.</param>
    /// <returns>They; none where all is well.</returns>
    public static IReadOnlyList<TrialSuspicion> Of(TrialObservation seen)
    {
        List<TrialSuspicion> found = [];
        if (EndOf(seen) is { } end)
        {
            found.Add(end);
        }

        if (seen.IsPortOpen == false && found.Count == 0)
        {
            found.Add(new TrialSuspicion(SuspicionKind.PortClosed, null, $"it opens no port {seen.Port}"));
        }

        // An application that crashed answers nothing: that is not said for each route.
        if (found.Count == 0)
        {
            found.AddRange(seen.Routes.Where(r => r.Rank > 0).Select(r => new TrialSuspicion(SuspicionKind.Route, r.Path, $"GET {r.Path} {r}")));
        }

        found.AddRange(seen.Exceptions
            .Where(e => !(e.IsFatal && seen.IsCrashed))
            .Select(e => new TrialSuspicion(SuspicionKind.Exception, e.Type, $"it reports the unhandled exception {e}")));
        if (StopFailed(seen))
        {
            found.Add(new TrialSuspicion(SuspicionKind.StopFailed, null, $"asked to end, it ends {TrialJudge.Ending(seen.ExitCode)}"));
        }

        return found;
    }

    /// <summary>Whether all that is suspicious is that routes refuse to answer (4xx), which a service that works does too.</summary>
    /// <param name="seen">What was seen.</param>
    /// <returns>Whether it is.</returns>
    internal static bool AreRefusals(TrialObservation seen) =>
        Of(seen).All(s => s.Kind == SuspicionKind.Route) && seen.Routes.All(r => r.Rank <= 1);

    /// <summary>How the run of the application as a whole failed.</summary>
    /// <param name="seen">What was seen.</param>
    /// <returns>It; null where it ran well.</returns>
    public static TrialSuspicion? EndOf(TrialObservation seen) =>
        seen.IsOutOfMemory ? new TrialSuspicion(SuspicionKind.OutOfMemory, null, $"it needs more memory than {TrialJudge.Megabytes(seen.MemoryLimitBytes)}")
        : seen.IsCrashed ? new TrialSuspicion(SuspicionKind.Crashed, seen.FatalException?.Type, $"it ends {TrialJudge.Ending(seen)} after {Milliseconds(seen.Lifetime)}")
        : !seen.IsReady ? new TrialSuspicion(SuspicionKind.NeverReady, null, $"it is never ready, which it is when {seen.ReadyWhen}{(seen.LastAnswer is null ? "" : $" (last seen: {seen.LastAnswer})")}")
        : null;

    /// <summary>Whether it failed while it ended.</summary>
    /// <param name="seen">What was seen.</param>
    /// <returns>Whether it did.</returns>
    internal static bool StopFailed(TrialObservation seen) => seen.Stop is not null && seen.ExitCode is not (0 or SigTerm);

    private static string Milliseconds(TimeSpan? time) =>
        time is null ? "an unknown time" : string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalMilliseconds:0} ms");
}
