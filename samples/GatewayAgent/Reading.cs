using System.Text.Json.Serialization;

namespace GatewayAgent;

/// <summary>What a sensor measured.</summary>
public sealed record Reading(string Sensor, DateTimeOffset Time, double Value);

/// <summary>How the gateway is.</summary>
public sealed record Health(string Status, long Forwarded, long Failed);

/// <summary>What the gateway is told.</summary>
public sealed record GatewayOptions(Uri Upstream, string[] Drop);

[JsonSerializable(typeof(Reading[]))]
[JsonSerializable(typeof(Health))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class GatewayJson : JsonSerializerContext;
