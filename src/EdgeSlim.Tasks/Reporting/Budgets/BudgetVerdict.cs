namespace EdgeSlim.Reporting.Budgets;

/// <summary>How an image stands to its budget.</summary>
public sealed record BudgetVerdict
{
    /// <summary>The most bytes that it may have, compressed; null where nothing is said.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The most bytes by which it may grow, compressed; null where nothing is said or there is nothing to compare with.</summary>
    public long? MaxGrowth { get; init; }

    /// <summary>Whether it has more than it may.</summary>
    public required bool IsTooLarge { get; init; }

    /// <summary>Whether it grew by more than it may.</summary>
    public required bool GrewTooMuch { get; init; }
}

/// <summary>What a budget is held against: a few numbers of a report.</summary>
public sealed record BudgetFigures
{
    /// <summary>The compressed bytes of the image.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>Those of the image that it is compared with; null where there is none.</summary>
    public long? ComparedBytes { get; init; }

    /// <summary>What that image is called.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>The largest parts, in words.</summary>
    public required IReadOnlyList<string> Largest { get; init; }

    /// <summary>The parts that grew most, in words.</summary>
    public required IReadOnlyList<string> Grown { get; init; }
}
