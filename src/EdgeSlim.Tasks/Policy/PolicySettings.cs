using EdgeSlim.Publishing;

namespace EdgeSlim.Policy;

/// <summary>What images have to be like, as it was written and where nothing was.</summary>
public sealed record PolicySettings
{
    /// <summary>Where bases may come from, where nobody says: nowhere, this machine, and where their makers publish them.</summary>
    public static IReadOnlyList<string> OfficialBases { get; } =
    [
        "scratch", "local", "mcr.microsoft.com", "docker.io/library", "public.ecr.aws/docker/library", "gcr.io/distroless",
        "registry.access.redhat.com", "cgr.dev/chainguard",
    ];

    /// <summary>What comes of breaches, by the rules' names.</summary>
    public required IReadOnlyDictionary<string, PolicyLevel> Levels { get; init; }

    /// <summary>Where bases may come from: beginnings of names, <c>scratch</c> and <c>local</c>.</summary>
    public required IReadOnlyList<string> AllowedBases { get; init; }

    /// <summary>The most bytes that an image may have, compressed; null where nothing is said.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Labels that images have to have.</summary>
    public IReadOnlyList<string> RequiredLabels { get; init; } = [];

    /// <summary>What is let pass.</summary>
    public IReadOnlyList<PolicyExemption> Exemptions { get; init; } = [];

    /// <summary>What comes of a breach of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>It.</returns>
    public PolicyLevel LevelOf(PolicyRule rule) => Levels.GetValueOrDefault(rule.Name, rule.Level);
}

/// <summary>A breach that is known and let pass.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Subject">What breaks it: a path, or what else the rule names; a glob.</param>
/// <param name="Reason">Why it does not matter.</param>
/// <param name="Expires">The last day on which it is let pass; null for ever.</param>
public sealed record PolicyExemption(string Rule, string Subject, string Reason, DateOnly? Expires = null)
{
    /// <summary>Whether it is about a breach.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="subject">What breaks it.</param>
    /// <param name="today">The day.</param>
    /// <returns>Whether it is.</returns>
    public bool Covers(PolicyRule rule, string subject, DateOnly today) =>
        Rule == rule.Name && (Expires is null || Expires >= today) && new GlobPattern(Subject).IsMatch(subject);
}
