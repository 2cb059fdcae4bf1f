namespace GatewayAgent;

/// <summary>Drops the readings of sensors whose names begin with one of a few words.</summary>
/// <param name="drop">The words.</param>
public sealed class ReadingFilter(string[] drop)
{
    /// <summary>Whether readings of a sensor are forwarded.</summary>
    public bool Takes(string sensor) => !drop.Any(d => sensor.StartsWith(d, StringComparison.Ordinal));
}
