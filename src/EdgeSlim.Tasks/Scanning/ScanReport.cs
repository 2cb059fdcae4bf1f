using System.Text.Json.Serialization;

namespace EdgeSlim.Scanning;

/// <summary>What was found in an image, and what comes of it.</summary>
public sealed record ScanReport
{
    /// <summary>Who looked.</summary>
    public required string Scanner { get; init; }

    /// <summary>Why no scanner looked; null where one did.</summary>
    public string? Skipped { get; init; }

    /// <summary>The severity from which on nothing is delivered, or <c>NONE</c>.</summary>
    public required string FailOn { get; init; }

    /// <summary>The findings, the worst first.</summary>
    public required IReadOnlyList<JudgedFinding> Findings { get; init; }
}

/// <summary>A finding, and what comes of it.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Verdict">What comes of it.</param>
/// <param name="Reason">Why; null where its severity says it.</param>
public sealed record JudgedFinding(Finding Finding, ScanVerdict Verdict, string? Reason);

/// <summary>What comes of a finding.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScanVerdict>))]
public enum ScanVerdict
{
    /// <summary>Nothing is delivered.</summary>
    [JsonStringEnumMemberName("fails")]
    Fails,

    /// <summary>It is said.</summary>
    [JsonStringEnumMemberName("warns")]
    Warns,

    /// <summary>The user knows it.</summary>
    [JsonStringEnumMemberName("ignored")]
    Ignored,

    /// <summary>The code that has it is not in the image.</summary>
    [JsonStringEnumMemberName("notPresent")]
    NotPresent,
}

/// <summary>What a scanner reported, before it is judged.</summary>
/// <param name="Scanner">Who looked.</param>
/// <param name="Skipped">Why no scanner looked; null where one did.</param>
/// <param name="Findings">What it found.</param>
public sealed record Scan(string Scanner, string? Skipped, IReadOnlyList<Finding> Findings);
