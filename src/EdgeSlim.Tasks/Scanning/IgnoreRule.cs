using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Scanning;

/// <summary>A vulnerability that the user knows.</summary>
/// <param name="Id">The vulnerability.</param>
/// <param name="Package">The package that it is ignored of; null for all.</param>
/// <param name="Reason">Why it does not matter.</param>
/// <param name="Expires">The last day on which it is ignored; null for ever.</param>
public sealed record IgnoreRule(string Id, string? Package, string Reason, DateOnly? Expires)
{
    /// <summary>Reads an EdgeScanIgnore item.</summary>
    /// <param name="id">What it includes.</param>
    /// <param name="package">Its metadata Package.</param>
    /// <param name="reason">Its metadata Reason.</param>
    /// <param name="expires">Its metadata Expires.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="EdgeException">It gives no reason, or no date (EDGE5037).</exception>
    public static IgnoreRule Parse(string id, string package, string reason, string expires)
    {
        if (reason.Trim().Length == 0)
        {
            throw new EdgeException(DiagnosticCodes.InvalidScanIgnore, id, "it gives no Reason");
        }

        DateOnly? day = null;
        if (expires.Length > 0)
        {
            day = DateOnly.TryParseExact(expires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly parsed)
                ? parsed
                : throw new EdgeException(DiagnosticCodes.InvalidScanIgnore, id, $"its Expires '{expires}' is not a day such as 2026-12-31");
        }

        return new IgnoreRule(id, package.Length == 0 ? null : package, reason.Trim(), day);
    }

    /// <summary>Whether it is about a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>Whether it is.</returns>
    public bool Covers(Finding finding) =>
        finding.Id.Equals(Id, StringComparison.OrdinalIgnoreCase)
        && (Package is null || finding.Package.Equals(Package, StringComparison.OrdinalIgnoreCase));
}
