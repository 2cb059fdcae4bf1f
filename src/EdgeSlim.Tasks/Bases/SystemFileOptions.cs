namespace EdgeSlim.Bases;

/// <summary>Where the build machine keeps what images need, and what of it.</summary>
public sealed record SystemFileOptions
{
    /// <summary>The certificates of the authorities to trust, in one PEM file; empty to look where distributions keep it.</summary>
    public string CaCertificates { get; init; } = "";

    /// <summary>The folder with the time zones.</summary>
    public string ZoneInfoFolder { get; init; } = "/usr/share/zoneinfo";

    /// <summary>The time zones to take, such as <c>Europe/Paris</c>; empty for all.</summary>
    public IReadOnlyList<string> TimeZones { get; init; } = [];
}
