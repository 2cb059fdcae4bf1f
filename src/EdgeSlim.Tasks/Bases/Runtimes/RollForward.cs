namespace EdgeSlim.Bases.Runtimes;

/// <summary>
/// Which versions of a shared framework the host of .NET takes for the one that is asked for
/// (https://github.com/dotnet/runtime/blob/main/docs/design/features/framework-version-resolution.md). Pure.
/// </summary>
public static class RollForward
{
    /// <summary>Whether a version will do.</summary>
    /// <param name="wanted">The version that is asked for.</param>
    /// <param name="policy">The <c>rollForward</c> of the runtime configuration; null for its default.</param>
    /// <param name="present">The version that is there.</param>
    /// <returns>Whether it will do.</returns>
    public static bool Accepts(string wanted, string? policy, string present)
    {
        if (Split(wanted) is not var (low, isEarly) || Split(present) is not var (found, isFoundEarly))
        {
            return false;
        }

        bool isLater = found > low || (found == low && (isEarly || !isFoundEarly));
        return (policy ?? "Minor").ToLowerInvariant() switch
        {
            "disable" => wanted == present,
            "latestpatch" => isLater && found.Major == low.Major && found.Minor == low.Minor,
            "major" or "latestmajor" => isLater,
            _ => isLater && found.Major == low.Major,
        };
    }

    // Version, and whether it is one from before the release.
    private static (Version Version, bool IsEarly)? Split(string text)
    {
        string[] parts = text.Split('-', 2);
        return Version.TryParse(parts[0], out Version? version) ? (version, parts.Length > 1) : null;
    }
}
