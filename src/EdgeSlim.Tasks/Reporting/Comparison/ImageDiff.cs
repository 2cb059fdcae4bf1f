namespace EdgeSlim.Reporting.Comparison;

/// <summary>What changed since another image.</summary>
public sealed record ImageDiff
{
    /// <summary>What the other image is called.</summary>
    public required string With { get; init; }

    /// <summary>Its compressed bytes.</summary>
    public required long CompressedBefore { get; init; }

    /// <summary>Its bytes.</summary>
    public required long UncompressedBefore { get; init; }

    /// <summary>The parts that changed, the largest change first.</summary>
    public required IReadOnlyList<SizeChange> Changes { get; init; }
}

/// <summary>A part of an image that changed.</summary>
public sealed record SizeChange
{
    /// <summary>The part.</summary>
    public required string Name { get; init; }

    /// <summary>One of the kinds of the map.</summary>
    public required string Kind { get; init; }

    /// <summary>Its bytes before; 0 where it is new.</summary>
    public required long Before { get; init; }

    /// <summary>Its bytes now; 0 where it is gone.</summary>
    public required long After { get; init; }

    /// <summary>Its version before, for a package.</summary>
    public string? VersionBefore { get; init; }

    /// <summary>Its version now, for a package.</summary>
    public string? VersionAfter { get; init; }

    /// <summary>What changed most in it.</summary>
    public required IReadOnlyList<string> Inside { get; init; }

    /// <summary>By how many bytes it changed.</summary>
    internal long Difference => After - Before;
}
