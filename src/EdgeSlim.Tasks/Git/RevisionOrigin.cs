using System.Text.Json.Serialization;

namespace EdgeSlim.Git;

/// <summary>Who said what a <see cref="SourceRevision"/> holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RevisionOrigin>))]
public enum RevisionOrigin
{
    /// <summary>Nobody: nothing is known.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The environment variables of a CI service.</summary>
    [JsonStringEnumMemberName("environment")]
    Environment,

    /// <summary>The git repository that the project lies in.</summary>
    [JsonStringEnumMemberName("git")]
    Git,
}
