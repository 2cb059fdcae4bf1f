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

        return new CatalogueChoice(ImageOf(entry, query).ReferenceFor(query.FrameworkVersion), entry);
    }

    /// <summary>The needs that a base has to meet.</summary>
    internal static IReadOnlyList<string> Wanted(BaseQuery query) =>
    [
        .. (query.Needs?.Needs ?? [])
            .Where(n => n.Certainty == Certainty.Certain && !query.Needs!.BuiltIn.Contains(n.Name))
            .Select(n => n.Name),
    ];

    /// <summary>The smallest image of a base that has all; where none has, the least that is missing is said later.</summary>
    internal static CatalogueImage ImageOf(CatalogueBase entry, BaseQuery query) => entry
        .ImagesFor(query.Use, query.FrameworkVersion)
        .MinBy(i => Wanted(query).Except(i.Offers ?? []).Count())!;

    /// <summary>What is wrong with the C library of a base; null for nothing.</summary>
    internal static string? ProblemOf(CatalogueBase entry, BaseQuery query) =>
        query.Use == BaseUse.Static || entry.CLibrary is not string library ? null
        : library != query.CLibrary ? $"its C library is {library}, and the application is made for {query.CLibrary}"
        : IsTooOld(entry, WantedVersion(query)) ? $"its C library is {library} {entry.CLibraryVersion}, and the application needs {WantedVersion(query)}"
        : null;

    private static bool IsTooOld(CatalogueBase entry, Version? wanted) =>
        wanted is not null && entry.CLibraryVersion is Version version && version < wanted;

    private static Version? WantedVersion(BaseQuery query) => query.Needs?.CLibrary is { IsStatic: false, MinimumVersion: string minimum }
        && Version.TryParse(minimum, out Version? parsed) ? parsed : null;

    private static void CheckCLibrary(BaseCatalogue catalogue, string name, CatalogueBase entry, BaseQuery query)
    {
        if (ProblemOf(entry, query) is null)
        {
            return;
        }

        string library = entry.CLibrary!;
        Version? wanted = WantedVersion(query);
        bool isTooOld = IsTooOld(entry, wanted);
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
