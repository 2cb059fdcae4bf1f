namespace EdgeSlim.Reporting.Advice;

/// <summary>Something that could be smaller.</summary>
public sealed record SizeAdvice
{
    /// <summary>A name of the rule that says so.</summary>
    public required string Rule { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What was seen, and what it costs to do without it.</summary>
    public required string Text { get; init; }

    /// <summary>The bytes that it would save, uncompressed.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whether they were measured in this image; otherwise they are what another application was seen to save.</summary>
    public required bool IsMeasured { get; init; }

    /// <summary>What to write into the project; null where it takes a change of the code.</summary>
    public string? Change { get; init; }
}
