using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Tests.Documentation;

namespace EdgeSlim.Tests.Bases.Catalogue;

internal static class CatalogueSamples
{
    public static string ShippedFile { get; } = Path.Combine(RepositoryFiles.Root, "src/EdgeSlim.Sdk/build/bases.json");

    public static BaseCatalogue Shipped { get; } = CatalogueReader.Read(ShippedFile, "");

    public static BaseQuery Query(
        BaseUse use, string runtimeIdentifier = "linux-x64", string? glibc = null, params string[] certain) => new()
        {
            Use = use,
            FrameworkVersion = "10.0",
            RuntimeIdentifier = runtimeIdentifier,
            Needs = new ApplicationNeeds
            {
                CLibrary = new CLibraryNeed("glibc", IsStatic: false, glibc, []),
                Needs = [.. certain.Select(n => new Need(n, Certainty.Certain, []))],
                Libraries = [],
                BuiltIn = [],
                Refused = [],
                CultureUses = [],
            },
        };
}
