using EdgeSlim.Oci;

namespace EdgeSlim.Trials;

/// <summary>What was measured when an image of the project was tried.</summary>
/// <param name="Commit">The commit that it was made of; null where there was none.</param>
/// <param name="Digest">The digest of the image's manifest.</param>
/// <param name="StartupMilliseconds">From its start until it was ready.</param>
/// <param name="PeakMemoryBytes">The most memory that it held; null where that could not be seen.</param>
public sealed record StartPoint(string? Commit, Digest Digest, double StartupMilliseconds, long? PeakMemoryBytes);

/// <summary>How the start time of a project's images went over its builds. Pure.</summary>
public static class StartHistory
{
    /// <summary>How many trials are kept.</summary>
    public const int MaxPoints = 60;

    /// <summary>Adds a trial.</summary>
    /// <param name="history">Those before, oldest first.</param>
    /// <param name="trial">The trial; one that has no start time adds nothing.</param>
    /// <param name="commit">The commit that the image was made of; null for none.</param>
    /// <returns>All, oldest first.</returns>
    public static IReadOnlyList<StartPoint> Add(IReadOnlyList<StartPoint> history, TrialResult trial, string? commit) =>
        trial.StartupMilliseconds is double startup
            ? [.. history.Append(new StartPoint(commit, trial.Digest, startup, trial.PeakMemoryBytes)).TakeLast(MaxPoints)]
            : history;
}
