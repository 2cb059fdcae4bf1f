using EdgeSlim.Sbom;

namespace EdgeSlim.Scanning;

/// <summary>Decides what comes of findings. Pure.</summary>
public static class ScanJudge
{
    /// <summary>Judges findings.</summary>
    /// <param name="scan">What was found.</param>
    /// <param name="inventory">What the image is made of, and what of it came through.</param>
    /// <param name="bar">The severity from which on nothing is delivered; null for none.</param>
    /// <param name="rules">What the user knows.</param>
    /// <param name="today">The day.</param>
    /// <returns>The report.</returns>
    public static ScanReport Judge(
        Scan scan, Inventory inventory, Severity? bar, IReadOnlyList<IgnoreRule> rules, DateOnly today) => new()
        {
            Scanner = scan.Scanner,
            Skipped = scan.Skipped,
            FailOn = bar?.ToString().ToUpperInvariant() ?? "NONE",
            Findings =
            [
                .. scan.Findings
                    .DistinctBy(f => (f.Id, f.Package.ToLowerInvariant(), f.Version))
                    .OrderByDescending(f => f.Severity)
                    .ThenBy(f => f.Id, StringComparer.Ordinal)
                    .ThenBy(f => f.Package, StringComparer.Ordinal)
                    .Select(f => Judge(f, inventory, bar, rules, today)),
            ],
        };

    /// <summary>The component that a finding is about.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="inventory">What the image is made of.</param>
    /// <returns>The component; null where it is not one that EdgeSlim knows.</returns>
    public static Component? ComponentOf(Finding finding, Inventory inventory) => inventory.Components.FirstOrDefault(
        c => c.Name.Equals(finding.Package, StringComparison.OrdinalIgnoreCase) && c.Version == finding.Version);

    private static JudgedFinding Judge(
        Finding finding, Inventory inventory, Severity? bar, IReadOnlyList<IgnoreRule> rules, DateOnly today)
    {
        if (ComponentOf(finding, inventory) is { IsPresent: false } absent)
        {
            return new JudgedFinding(finding, ScanVerdict.NotPresent, absent.Evidence);
        }

        IgnoreRule[] covering = [.. rules.Where(r => r.Covers(finding))];
        if (covering.FirstOrDefault(r => r.Expires is null || r.Expires >= today) is IgnoreRule rule)
        {
            return new JudgedFinding(finding, ScanVerdict.Ignored, rule.Reason);
        }

        string? expired = covering.FirstOrDefault() is { Expires: DateOnly day } ? $"it was ignored until {day:yyyy-MM-dd}" : null;
        return new JudgedFinding(finding, finding.Severity >= bar ? ScanVerdict.Fails : ScanVerdict.Warns, expired);
    }
}
