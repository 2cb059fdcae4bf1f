using EdgeSlim.Diagnostics;

namespace EdgeSlim.Policy;

/// <summary>Reads what images have to be like: from the file, and from the project, which wins.</summary>
public static class PolicySettingsReader
{
    /// <summary>Reads it.</summary>
    /// <param name="mode">EdgePolicy.</param>
    /// <param name="path">EdgePolicyFile; empty where there is none.</param>
    /// <param name="requireDigest">EdgeRequireDigest.</param>
    /// <param name="rules">EdgePolicyRule: name and level.</param>
    /// <returns>What images have to be like.</returns>
    /// <exception cref="EdgeException">The file or an item is malformed (EDGE5080).</exception>
    public static PolicySettings Read(PolicyMode mode, string path, bool requireDigest, IEnumerable<(string Name, string Level)> rules)
    {
        PolicyFile file = path.Length == 0 ? new PolicyFile() : PolicyFile.Read(path);
        Dictionary<string, PolicyLevel> levels = PolicyRule.All.ToDictionary(r => r.Name, r => LevelOf(r, mode, file, requireDigest));
        foreach ((string name, string level) in rules)
        {
            levels[NameOf(name)] = Enum.TryParse(level, ignoreCase: true, out PolicyLevel parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(level[0])
                ? parsed
                : throw new EdgeException(DiagnosticCodes.PolicyMalformed, $"EdgePolicyRule {name}", $"its Level is '{level}', and not error, warn or off");
        }

        return new PolicySettings
        {
            Levels = levels,
            AllowedBases = file.AllowedBases ?? PolicySettings.OfficialBases,
            MaxBytes = file.MaxBytes,
            RequiredLabels = file.RequiredLabels,
            Exemptions = file.Exemptions,
        };
    }

    private static PolicyLevel LevelOf(PolicyRule rule, PolicyMode mode, PolicyFile file, bool requireDigest)
    {
        PolicyLevel level = file.Rules.TryGetValue(rule.Name, out PolicyLevel written) ? written
            : rule == PolicyRule.BaseDigest && requireDigest ? PolicyLevel.Error
            : rule.Level;
        return mode switch
        {
            PolicyMode.Off => PolicyLevel.Off,
            PolicyMode.Strict when level == PolicyLevel.Warn => PolicyLevel.Error,
            _ => level,
        };
    }

    private static string NameOf(string name) => PolicyRule.All.Any(r => r.Name == name)
        ? name
        : throw new EdgeException(DiagnosticCodes.PolicyMalformed, $"EdgePolicyRule {name}", $"there is no such rule; there are {PolicyRule.Names}");
}

/// <summary>How the rules are taken.</summary>
public enum PolicyMode
{
    /// <summary>As they are written.</summary>
    On,

    /// <summary>What would be said is not let pass.</summary>
    Strict,

    /// <summary>Not at all.</summary>
    Off,
}
