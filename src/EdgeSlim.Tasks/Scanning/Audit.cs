using EdgeSlim.Sbom;

namespace EdgeSlim.Scanning;

/// <summary>What NuGet's audit found, where no scanner looks.</summary>
public static class Audit
{
    /// <summary>What it is called in reports.</summary>
    public const string Name = "NuGetAudit";

    /// <summary>Makes a scan of it.</summary>
    /// <param name="inventory">The inventory.</param>
    /// <param name="skipped">Why no scanner looked.</param>
    /// <returns>The scan.</returns>
    public static Scan Of(Inventory inventory, string skipped) => new(
        Name,
        skipped,
        [
            .. inventory.Audit.Select(a => new Finding
            {
                Id = a.Advisory[(a.Advisory.LastIndexOf('/') + 1)..],
                Severity = ScannerAnswer.SeverityOf(a.Severity),
                Package = a.Package,
                Version = a.Version,
                Url = a.Advisory,
            }),
        ]);
}
