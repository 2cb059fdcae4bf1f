using EdgeSlim.Bases.Catalogue;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>What the tasks that look into the catalogue of bases share.</summary>
public abstract class CatalogueTask : RegistryTask
{
    /// <summary>EdgeSlim's own catalogue.</summary>
    [Required]
    public string Catalogue { get; set; } = "";

    /// <summary>EdgeBaseCatalog; empty for none.</summary>
    public string UserCatalogue { get; set; } = "";

    /// <summary>The kind of application: <c>static</c>, <c>aot</c>, <c>selfcontained</c>, <c>runtime</c> or <c>aspnet</c>.</summary>
    [Required]
    public string Use { get; set; } = "";

    /// <summary>The version of .NET: <c>10.0</c>.</summary>
    [Required]
    public string FrameworkVersion { get; set; } = "";

    /// <summary>The runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>Reads the catalogues.</summary>
    /// <returns>The bases that have a short name.</returns>
    protected BaseCatalogue ReadCatalogue() => CatalogueReader.Read(Catalogue, UserCatalogue);

    /// <summary>What a base is looked for.</summary>
    /// <returns>The query, without the application's needs.</returns>
    protected BaseQuery ReadQuery() => new()
    {
        Use = OneOf<BaseUse>("Use", Use),
        FrameworkVersion = FrameworkVersion,
        RuntimeIdentifier = RuntimeIdentifier,
    };
}
