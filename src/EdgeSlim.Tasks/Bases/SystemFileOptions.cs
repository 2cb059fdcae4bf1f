namespace EdgeSlim.Bases;

/// <summary>Which certificates and time zones images get.</summary>
public sealed record SystemFileOptions
{
    /// <summary>A PEM file of this machine with the authorities to trust; empty to look where distributions keep it.</summary>
    public string CaCertificates { get; init; } = "";

    /// <summary>A folder of this machine with the time zones; empty to look where distributions keep them.</summary>
    public string ZoneInfoFolder { get; init; } = "";

    /// <summary>The time zones to take, such as <c>Europe/Paris</c>; empty for all.</summary>
    public IReadOnlyList<string> TimeZones { get; init; } = [];
}
