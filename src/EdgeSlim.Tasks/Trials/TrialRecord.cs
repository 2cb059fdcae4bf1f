namespace EdgeSlim.Trials;

/// <summary>A trial as it went, for those who judge it later.</summary>
public sealed record TrialRecord
{
    /// <summary>What was seen.</summary>
    public required TrialObservation Observation { get; init; }

    /// <summary>What was measured.</summary>
    public required TrialResult Result { get; init; }

    /// <summary>The hash of the question that it answers; null where the answer is not kept.</summary>
    public string? Question { get; init; }
}
