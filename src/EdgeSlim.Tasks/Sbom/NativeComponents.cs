using EdgeSlim.Bases.Slicing;
using EdgeSlim.Oci;

namespace EdgeSlim.Sbom;

/// <summary>The components that come from a distribution, linked in or as files.</summary>
internal static class NativeComponents
{
    public static IEnumerable<Component> Linked(InventoryRequest request)
    {
        foreach (IGrouping<InstalledPackage?, string> group in request.Linked
            .Where(l => PackageFolder.Of(l) is null)
            .GroupBy(l => request.Installed.GetValueOrDefault(l)))
        {
            if (group.Key is InstalledPackage package)
            {
                yield return new Component
                {
                    Kind = ComponentKind.Library,
                    Name = package.Name,
                    Version = package.Version,
                    IsPresent = true,
                    Evidence = "linked in: " + string.Join(", ", group.Select(Path.GetFileName).Distinct().Order(StringComparer.Ordinal)),
                    Purl = package.Purl,
                    Source = package.Source,
                };
            }
            else
            {
                foreach (string file in group)
                {
                    yield return new Component
                    {
                        Kind = ComponentKind.File,
                        Name = Path.GetFileName(file),
                        Version = "",
                        IsPresent = true,
                        Evidence = "linked in",
                        Hash = Digest.Of(File.ReadAllBytes(file)).Hex,
                    };
                }
            }
        }
    }

    public static Component Sliced(SlicedPackage package) => new()
    {
        Kind = ComponentKind.Library,
        Name = package.Name,
        Version = package.Version,
        IsPresent = true,
        Evidence = "files of it are in the image",
        Purl = package.Purl,
        IsRecorded = true,
        Source = package.Purl is null ? null : Distribution.SourceOfPackage(package.Purl) ?? package.Name,
    };
}
