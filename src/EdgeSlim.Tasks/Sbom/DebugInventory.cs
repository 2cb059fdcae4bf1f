using EdgeSlim.Bases;
using EdgeSlim.Bases.Slicing;

namespace EdgeSlim.Sbom;

/// <summary>The inventory of an image's debuggable twin: the application's, with what the twin has beyond.</summary>
public static class DebugInventory
{
    /// <summary>Makes it.</summary>
    /// <param name="inventory">The inventory of the image.</param>
    /// <param name="ownBase">The base that the twin has in the place of the image's; null for the image's.</param>
    /// <param name="installed">The packages of files that were put in.</param>
    /// <returns>The twin's inventory.</returns>
    public static Inventory Of(Inventory inventory, BaseImage? ownBase, IReadOnlyCollection<InstalledPackage> installed)
    {
        // What came with a base that is not there is not there either.
        IEnumerable<Component> kept = ownBase is null
            ? inventory.Components
            : inventory.Components.Where(c => c.Kind != ComponentKind.Container && c.Evidence != BaseComponents.FrameworkEvidence);
        IEnumerable<Component> more = installed.Select(p => new Component
        {
            Kind = ComponentKind.Library,
            Name = p.Name,
            Version = p.Version,
            IsPresent = true,
            Evidence = "files of it are in the image",
            Purl = p.Purl,
            Source = p.Source,
        });
        IEnumerable<Component> ofBase = ownBase is null ? [] : BaseComponents.Of(ownBase, inventory.Platform);
        Component[] components = [.. kept.Concat(more).Concat(ofBase).DistinctBy(c => c.Reference).OrderBy(c => c.Reference, StringComparer.Ordinal)];
        return inventory with
        {
            Components = components,
            Distribution = components.Select(c => Distribution.OfPackage(c.Purl ?? "")).FirstOrDefault(d => d is not null),
        };
    }
}
