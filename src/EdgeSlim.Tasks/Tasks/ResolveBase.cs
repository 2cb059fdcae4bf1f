using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Composition;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="BaseChooser"/>: the image that the name of a base stands for.</summary>
public sealed class ResolveBase : CatalogueTask
{
    /// <summary>The base's name.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>Whether the name may be a short one; otherwise it is an image reference, a folder or an archive.</summary>
    public bool MayBeShort { get; set; }

    /// <summary>The needs that were detected.</summary>
    [Required]
    public string NeedsFile { get; set; } = "";

    /// <summary>The image: a reference, a folder or an archive.</summary>
    [Output]
    public string BaseImage { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        BaseCatalogue catalogue = ReadCatalogue();
        ApplicationNeeds needs = await StageFile.ReadAsync(
            NeedsFile, FactsJson.Documents.ApplicationNeeds, cancellationToken);
        BaseQuery query = ReadQuery() with { Needs = needs };
        CatalogueChoice choice = MayBeShort
            ? BaseChooser.Choose(catalogue, Name, query)
            : BaseChooser.Describe(catalogue, Name, query);
        BaseImage = choice.Reference;
        EndOfLife.Check(
            choice.Reference,
            choice.Base?.EndOfLife,
            DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
            Diagnostics);
    }
}
