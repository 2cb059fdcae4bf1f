namespace EdgeSlim.Trials.Stress;

/// <summary>Where the memory of an application goes under a load that stays the same. Pure.</summary>
/// <param name="BytesPerHour">How fast it grows, after it has warmed up.</param>
/// <param name="IsLeakSuspected">Whether it grows all the time, and by more than a heap does before it is collected.</param>
public sealed record MemoryTrend(double BytesPerHour, bool IsLeakSuspected)
{
    private const int FewestSamples = 12;
    private const int Parts = 4;
    private const long LeastGrowth = 2_000_000;
    private const double LeastShare = 0.05;

    /// <summary>Reads it off.</summary>
    /// <param name="samples">What was seen.</param>
    /// <returns>The trend; null where too little was seen.</returns>
    public static MemoryTrend? Of(IReadOnlyList<ResourceSample> samples)
    {
        // The first third is the warm-up: pools fill, code is touched for the first time.
        (double Seconds, double Bytes)[] seen =
            [.. samples.Where(s => s.AnonymousBytes is not null).Select(s => (s.Seconds, (double)s.AnonymousBytes!.Value))];
        seen = seen[(seen.Length / 3)..];
        if (seen.Length < FewestSamples)
        {
            return null;
        }

        double perSecond = Slope(seen);
        double growth = perSecond * (seen[^1].Seconds - seen[0].Seconds);

        // A heap that is collected goes up and down: what it falls back to is what is really held.
        double[] floors = [.. seen.Chunk((seen.Length + Parts - 1) / Parts).Select(c => c.Min(s => s.Bytes))];
        bool alwaysUp = floors.Zip(floors.Skip(1)).All(f => f.Second > f.First);
        return new MemoryTrend(
            Math.Round(perSecond * 3600),
            alwaysUp && growth > Math.Max(LeastGrowth, LeastShare * seen[0].Bytes));
    }

    // Least squares.
    private static double Slope((double X, double Y)[] points)
    {
        double x = points.Average(p => p.X);
        double y = points.Average(p => p.Y);
        double spread = points.Sum(p => (p.X - x) * (p.X - x));
        return spread == 0 ? 0 : points.Sum(p => (p.X - x) * (p.Y - y)) / spread;
    }
}
