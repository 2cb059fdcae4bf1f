using EdgeSlim.Bases.Slicing;

namespace EdgeSlim.Sbom;

/// <summary>Says what an application is made of, and what of it came through to the image.</summary>
public static class InventoryBuilder
{
    /// <summary>Makes the inventory.</summary>
    /// <param name="request">What it is made of.</param>
    /// <returns>The inventory.</returns>
    public static Inventory Build(InventoryRequest request)
    {
        List<Component> components =
        [
            .. request.Restored.Packages.Select(p => DotnetComponents.Package(p, request)),
            .. DotnetComponents.Packs(request),
            .. NativeComponents.Linked(request),
            .. request.Sliced.Select(NativeComponents.Sliced),
            .. request.Base is null ? [] : BaseComponents.Of(request.Base, request.Platform),
            .. request.Frameworks.Select(f => BaseComponents.Of(f, request.RuntimeIdentifier)),
        ];
        Component[] distinct =
        [
            .. components
                .GroupBy(c => c.Reference, StringComparer.OrdinalIgnoreCase)
                .Select(g => g.OrderByDescending(c => c.IsPresent).First())
                .OrderBy(c => c.Reference, StringComparer.Ordinal),
        ];
        return new Inventory
        {
            Application = request.Application,
            Version = request.Version,
            Created = request.Created,
            Platform = request.Platform,
            Distribution = distinct.Select(c => Distribution.OfPackage(c.Purl ?? "")).FirstOrDefault(d => d is not null),
            DependsOn = DotnetComponents.References(request.Restored.Direct, request.Restored),
            Components = distinct,
            Audit = request.Restored.Audit,
        };
    }
}
