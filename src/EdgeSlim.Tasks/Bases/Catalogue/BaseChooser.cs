using EdgeSlim.Bases.Needs;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Catalogue;

/// <summary>Finds the image that the name of a base stands for. Pure.</summary>
public static class BaseChooser
{
    private static readonly char[] ReferenceCharacters = ['/', ':', '@'];

    /// <summary>Finds the image of a base that the user named.</summary>
    /// <param name="catalogue">The bases that have a short name.</param>
    /// <param name="name">The name: short, an image reference, <c>oci:FOLDER</c> or an archive.</param>
    /// <param name="query">What it is for.</param>
    /// <returns>The image.</returns>
    /// <exception cref="EdgeException">There is no such base, or it has nothing for the application.</exception>
    public static CatalogueChoice Choose(BaseCatalogue catalogue, string name, BaseQuery query)
    {
        if (catalogue.Find(name) is CatalogueBase entry)
        {
            return FromCatalogue(catalogue, name, entry, query);
        }

        // A single word is a misspelt name far more often than an image of Docker Hub.
        if (name.IndexOfAny(ReferenceCharacters) < 0 && !BaseImage.IsLocalName(name))
        {
            throw new EdgeException(
                DiagnosticCodes.UnknownBase, name, string.Join(", ", Names(catalogue)), $"docker.io/library/{name}");
        }

        return Describe(catalogue, name, query);
    }

    /// <summary>Says of an image what the catalogue knows of it.</summary>
    /// <param name="catalogue">The bases that have a short name.</param>
    /// <param name="name">An image reference, <c>oci:FOLDER</c> or an archive.</param>
    /// <param name="query">What it is for.</param>
    /// <returns>The image.</returns>
    /// <exception cref="EdgeException">It is no image reference (EDGE2003).</exception>
    public static CatalogueChoice Describe(BaseCatalogue catalogue, string name, BaseQuery query) => new(
        name,
        BaseImage.IsLocalName(name) ? null : catalogue.Owner(ImageReference.Parse(name), query.FrameworkVersion));

    /// <summary>All names that EdgeBase knows.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <returns>The names.</returns>
    public static IReadOnlyList<string> Names(BaseCatalogue catalogue) =>
        ["auto", BaseImage.ScratchName, Ladder.SlicedName, .. catalogue.Names];

    private static CatalogueChoice FromCatalogue(BaseCatalogue catalogue, string name, CatalogueBase entry, BaseQuery query)
    {
        CheckCLibrary(catalogue, name, entry, query);
        IReadOnlyList<CatalogueImage> images = entry.ImagesFor(query.Use, query.FrameworkVersion);
        if (images.Count == 0)
        {
            string others = string.Join(", ", catalogue.Names.Where(
                n => catalogue.Find(n)!.ImagesFor(query.Use, query.FrameworkVersion).Count > 0));
            throw new EdgeException(
                DiagnosticCodes.BaseHasNoImage, name, Words(query.Use), query.FrameworkVersion, others);
        }

        // Where none has all, the least that is missing is said later, and of the smallest image.
        string[] wanted =
        [
            .. (query.Needs?.Needs ?? [])
                .Where(n => n.Certainty == Certainty.Certain && !query.Needs!.BuiltIn.Contains(n.Name))
                .Select(n => n.Name),
        ];
        CatalogueImage image = images.MinBy(i => wanted.Except(i.Offers ?? []).Count())!;
        return new CatalogueChoice(image.ReferenceFor(query.FrameworkVersion), entry);
    }

    private static void CheckCLibrary(BaseCatalogue catalogue, string name, CatalogueBase entry, BaseQuery query)
    {
        if (query.Use == BaseUse.Static || entry.CLibrary is not string library)
        {
            return;
        }

        Version? wanted = query.Needs?.CLibrary is { IsStatic: false, MinimumVersion: string minimum }
            && Version.TryParse(minimum, out Version? parsed) ? parsed : null;
        bool isTooOld = wanted is not null && entry.CLibraryVersion is Version version && version < wanted;
        if (library == query.CLibrary && !isTooOld)
        {
            return;
        }

        string others = string.Join(", ", catalogue.Names.Where(n => catalogue.Find(n) is { } other
            && other.CLibrary == query.CLibrary
            && (wanted is null || other.CLibraryVersion is null || other.CLibraryVersion >= wanted)));
        throw new EdgeException(
            DiagnosticCodes.BaseWrongCLibrary,
            name,
            isTooOld ? $"{library} {entry.CLibraryVersion}" : library,
            isTooOld ? $"{query.CLibrary} {wanted} or later" : $"{query.CLibrary} ({query.RuntimeIdentifier})",
            others.Length == 0 ? "another base" : others);
    }

    private static string Words(BaseUse use) => use switch
    {
        BaseUse.Static => "static executables",
        BaseUse.Aot => "executables of Native AOT",
        BaseUse.SelfContained => "self-contained applications",
        BaseUse.Runtime => "framework-dependent applications",
        _ => "framework-dependent web applications",
    };
}
