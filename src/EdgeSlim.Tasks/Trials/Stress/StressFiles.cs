namespace EdgeSlim.Trials.Stress;

/// <summary>The names of the files that are left of a stress test.</summary>
public static class StressFiles
{
    /// <summary>All that was seen: a <see cref="StressReport"/>.</summary>
    public const string Report = "stress.json";

    /// <summary>The smallest limits: <see cref="ImageLimits"/>.</summary>
    public const string Limits = "limits.json";

    /// <summary>How it went, for CI services.</summary>
    public const string JUnit = "stress.junit.xml";
}
