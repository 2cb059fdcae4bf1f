using System.Collections.Concurrent;
using System.Text.Json.Serialization;

namespace Acme.Gateway_1;

/// <summary>What a sensor measured.</summary>
public sealed record Reading(string Sensor, double Value);

/// <summary>How the gateway is, and where.</summary>
public sealed record Health(string Status, string Place);

/// <summary>The latest reading of each sensor.</summary>
public sealed class Readings
{
    private readonly ConcurrentDictionary<string, Reading> _latest = new();

    public Reading[] Latest => [.. _latest.Values.OrderBy(r => r.Sensor, StringComparer.Ordinal)];

    public void Add(Reading reading) => _latest[reading.Sensor] = reading;
}

// Native AOT has no reflection to write JSON by: what is sent or taken is listed here.
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(Reading))]
[JsonSerializable(typeof(Reading[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class GatewayJson : JsonSerializerContext;
