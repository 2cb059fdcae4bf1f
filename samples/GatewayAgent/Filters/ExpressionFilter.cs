using System.Text.RegularExpressions;

namespace GatewayAgent;

/// <summary>Drops the readings of sensors whose names match one of a few expressions.</summary>
/// <param name="drop">The expressions.</param>
public sealed class ReadingFilter(string[] drop)
{
    private readonly Regex[] _drop = [.. drop.Select(d => new Regex(d, RegexOptions.CultureInvariant))];

    /// <summary>Whether readings of a sensor are forwarded.</summary>
    public bool Takes(string sensor) => !_drop.Any(d => d.IsMatch(sensor));
}
