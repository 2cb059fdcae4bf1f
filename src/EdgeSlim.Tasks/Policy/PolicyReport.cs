using System.Text.Json.Serialization;

namespace EdgeSlim.Policy;

/// <summary>How an image stands to what images have to be like.</summary>
public sealed record PolicyReport
{
    /// <summary>The program that judged by rules of the user's; null where there are none.</summary>
    public string? Engine { get; init; }

    /// <summary>The rules that were looked at.</summary>
    public required IReadOnlyList<PolicyCheck> Checks { get; init; }
}

/// <summary>A rule, and how an image stands to it.</summary>
public sealed record PolicyCheck
{
    /// <summary>The rule's name; of the user's rules, their package and name.</summary>
    public required string Rule { get; init; }

    /// <summary>The code under which a breach is said.</summary>
    public required string Code { get; init; }

    /// <summary>What comes of a breach.</summary>
    public required PolicyLevel Level { get; init; }

    /// <summary>How the image stands to it.</summary>
    public required PolicyVerdict Verdict { get; init; }

    /// <summary>What breaks it.</summary>
    public required IReadOnlyList<PolicyBreach> Breaches { get; init; }
}

/// <summary>Something that breaks a rule.</summary>
/// <param name="Subject">What: a path, a port, a label.</param>
/// <param name="Seen">What was seen of it; never a secret itself. Null where its name says it.</param>
/// <param name="Exempted">Why it is let pass; null where it is not.</param>
public sealed record PolicyBreach(string Subject, string? Seen = null, string? Exempted = null);

/// <summary>How an image stands to a rule.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PolicyVerdict>))]
public enum PolicyVerdict
{
    /// <summary>Nothing breaks it, or what does is let pass.</summary>
    [JsonStringEnumMemberName("passed")]
    Passed,

    /// <summary>It is broken, which is said.</summary>
    [JsonStringEnumMemberName("warned")]
    Warned,

    /// <summary>It is broken, and nothing is delivered.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
