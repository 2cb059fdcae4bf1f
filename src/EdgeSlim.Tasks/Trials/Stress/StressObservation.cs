namespace EdgeSlim.Trials.Stress;

/// <summary>What was seen of an image under load.</summary>
/// <param name="Starts">Each of its starts; the first one, and one more for each time it ended of itself.</param>
/// <param name="Load">What came of the requests; null where there were none, or where it was not started again.</param>
/// <param name="Command">How the user's own load ended; null where there was none.</param>
/// <param name="Samples">What it held and used over time.</param>
internal sealed record StressObservation(
    IReadOnlyList<TrialObservation> Starts,
    LoadResult? Load,
    (int ExitCode, IReadOnlyList<string> LastLines)? Command,
    IReadOnlyList<ResourceSample> Samples)
{
    public bool WasReady => Starts[0].IsReady;

    public int Restarts => Starts.Count(s => s.EndedItself);

    public long OutOfMemoryKills => Starts.Sum(s => Math.Max(s.OutOfMemoryKills, s.IsOutOfMemory ? 1 : 0));

    public long? PeakBytes => Starts.Max(s => s.PeakBytes);

    public TimeSpan? CpuTime => Starts.Any(s => s.CpuTime is not null)
        ? TimeSpan.FromTicks(Starts.Sum(s => s.CpuTime?.Ticks ?? 0))
        : null;

    public MemoryTrend? Trend => Restarts == 0 ? MemoryTrend.Of(Samples) : null;
}
