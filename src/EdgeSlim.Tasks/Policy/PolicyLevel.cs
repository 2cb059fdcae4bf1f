using System.Text.Json.Serialization;

namespace EdgeSlim.Policy;

/// <summary>What comes of a rule that an image breaks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PolicyLevel>))]
public enum PolicyLevel
{
    /// <summary>Nobody looks.</summary>
    [JsonStringEnumMemberName("off")]
    Off,

    /// <summary>It is said.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Nothing is delivered.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
