using System.Text.RegularExpressions;

namespace EdgeSlim.Trials.Verdicts;

/// <summary>What a failure is known by again, in another run and another build: without all that differs from run to run. Pure.</summary>
public static partial class FailureSignature
{
    /// <summary>Makes it.</summary>
    /// <param name="seen">What was seen.</param>
    /// <returns>The signature; empty where nothing failed.</returns>
    public static string Of(TrialObservation seen) => string.Join(
        " | ",
        TrialSuspicion.Of(seen).Select(s => s.Kind switch
        {
            SuspicionKind.Route => $"{s.Subject} {(seen.Routes.First(r => r.Path == s.Subject).Status is int status ? $"{status}" : "none")}",
            SuspicionKind.Exception => string.Join(" & ", seen.Exceptions.Where(e => e.Type == s.Subject).Select(Of).Distinct().Order(StringComparer.Ordinal)),
            SuspicionKind.PortClosed => $"no port {seen.Port}",
            SuspicionKind.StopFailed => $"stop: {ExitKind(seen)}",
            _ => OfEnd(seen),
        }).Distinct());

    /// <summary>That of how the application ended.</summary>
    /// <param name="seen">What was seen.</param>
    /// <returns>The signature.</returns>
    internal static string OfEnd(TrialObservation seen) =>
        seen.IsOutOfMemory ? "out of memory"
        : !seen.IsCrashed ? seen.IsReady ? "" : "never ready"
        : seen.FatalException is UnhandledError exception ? Of(exception)
        : seen.Exceptions.Count > 0 ? $"{ExitKind(seen)} after {Of(seen.Exceptions[0])}"
        : ExitKind(seen);

    /// <summary>That of an exception.</summary>
    /// <param name="exception">It.</param>
    /// <returns>The signature.</returns>
    internal static string Of(UnhandledError exception) => $"{exception.Type}: {Normalize(exception.Message)}";

    /// <summary>Takes from a message what differs from run to run.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The rest.</returns>
    internal static string Normalize(string message) =>
        Spaces().Replace(Digits().Replace(Hex().Replace(Ids().Replace(message, "#"), "#"), "#"), " ").Trim();

    // Native AOT and the just-in-time runtime end by different signals.
    private static string ExitKind(TrialObservation seen) => seen.ExitCode switch
    {
        null => "no exit code",
        > 128 and < 160 => "signal",
        int code => $"exit code {code}",
    };

    [GeneratedRegex(@"\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b|\b0HN?[0-9A-V]{8,}(:[0-9A-F]+)?\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Ids();

    [GeneratedRegex(@"\b0x[0-9a-fA-F]+\b|\b(?=[a-f]*[0-9])[0-9a-f]{8,}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Hex();

    // Numbers, and what is made of numbers: times, addresses, ports.
    [GeneratedRegex(@"[0-9]+([.:,T+-]+[0-9]+)*Z?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
