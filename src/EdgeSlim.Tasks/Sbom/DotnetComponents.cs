using EdgeSlim.Bases;

namespace EdgeSlim.Sbom;

/// <summary>The components that come as NuGet packages.</summary>
internal static class DotnetComponents
{
    // The runtime of Native AOT has a package of its own, which advisories do not name.
    private const string NativeRuntime = ".Runtime.NativeAOT.";
    private const string AdvisedRuntime = ".Runtime.";

    public static Component Package(RestoredPackage package, InventoryRequest request)
    {
        Presence presence = Presence.Of(package.Assemblies, package.Files, package.Folder, request);
        PackageFolder? folder = package.Folder is null ? null : PackageFolder.Read(package.Folder);
        return new Component
        {
            Kind = ComponentKind.Library,
            Name = package.Name,
            Version = package.Version,
            IsPresent = presence.IsPresent,
            Evidence = presence.Evidence,
            Purl = package.IsProject ? null : PackageUrl.NuGet(package.Name, package.Version),
            Licence = folder?.Licence,
            Hash = folder?.Sha512,
            DependsOn = References(package.DependsOn, request.Restored),
        };
    }

    // Packs of .NET are not restored as packages are; those that were linked from may not be named anywhere else.
    public static IEnumerable<Component> Packs(InventoryRequest request)
    {
        string[] known = [.. request.Packs.Select(p => p.Folder), .. request.Restored.Packages.Select(p => p.Folder).OfType<string>()];
        IEnumerable<ToolPack> found = request.Linked
            .Select(PackageFolder.Of)
            .OfType<string>()
            .Distinct()
            .Where(f => !known.Contains(f))
            .Select(f => PackageFolder.Read(f) is PackageFolder p ? new ToolPack(p.Name, p.Version, f, [], []) : null)
            .OfType<ToolPack>();
        foreach (ToolPack pack in request.Packs.Concat(found))
        {
            Presence presence = Presence.Of(pack.Assemblies, pack.Files, pack.Folder, request);
            PackageFolder? folder = PackageFolder.Read(pack.Folder);
            Component component = new()
            {
                Kind = ComponentKind.Framework,
                Name = pack.Name,
                Version = pack.Version,
                IsPresent = presence.IsPresent,
                Evidence = presence.Evidence,
                Purl = PackageUrl.NuGet(pack.Name, pack.Version),
                Licence = folder?.Licence,
                Hash = folder?.Sha512,
            };
            yield return component;
            if (presence.IsPresent && pack.Name.Contains(NativeRuntime, StringComparison.Ordinal))
            {
                string advised = AdvisedName(pack.Name);
                yield return component with
                {
                    Name = advised,
                    Purl = PackageUrl.NuGet(advised, pack.Version),
                    Hash = null,
                    Evidence = $"{presence.Evidence} ({pack.Name})",
                };
            }
        }
    }

    /// <summary>The name under which advisories know a pack.</summary>
    public static string AdvisedName(string pack) => pack.Replace(NativeRuntime, AdvisedRuntime, StringComparison.Ordinal);

    public static string[] References(IEnumerable<string> names, RestoredPackages restored) =>
    [
        .. names
            .Select(n => restored.Packages.FirstOrDefault(p => p.Name.Equals(n, StringComparison.OrdinalIgnoreCase)))
            .OfType<RestoredPackage>()
            .Select(p => p.IsProject ? $"{p.Name}@{p.Version}" : PackageUrl.NuGet(p.Name, p.Version))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];
}
