using System.Text.Json.Serialization;

namespace EdgeSlim.Scanning;

/// <summary>A vulnerability of a package, as a scanner reports it.</summary>
public sealed record Finding
{
    /// <summary>The vulnerability, such as <c>CVE-2024-21907</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How bad it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The package.</summary>
    public required string Package { get; init; }

    /// <summary>The package's version.</summary>
    public required string Version { get; init; }

    /// <summary>The version in which it is mended; null where there is none yet.</summary>
    public string? FixedVersion { get; init; }

    /// <summary>What it is, in a few words; null where nobody says.</summary>
    public string? Title { get; init; }

    /// <summary>Where more is said about it; null where nobody says.</summary>
    public string? Url { get; init; }
}

/// <summary>How bad a vulnerability is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary>Nobody says.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    /// <summary>Low, or negligible.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>Medium.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>High.</summary>
    [JsonStringEnumMemberName("high")]
    High,

    /// <summary>Critical.</summary>
    [JsonStringEnumMemberName("critical")]
    Critical,
}
