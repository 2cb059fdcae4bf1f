namespace EdgeSlim.Bases.Catalogue;

/// <summary>The bases of the catalogue as rungs of the ladder, each held against what the application needs. Pure.</summary>
public static class NamedRungs
{
    /// <summary>Holds them.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="query">What a base is looked for.</param>
    /// <param name="preferred">The one that is taken where others are as small.</param>
    /// <returns>The rungs, smallest first; those that cannot carry the application come last.</returns>
    public static IReadOnlyList<NamedRung> Of(BaseCatalogue catalogue, BaseQuery query, string preferred) =>
    [
        .. catalogue.Bases
            .Select(b => Rung(b.Key, b.Value, query))
            .OrderBy(r => r.Problem is not null)
            .ThenBy(r => r.Lacks.Count)
            .ThenBy(r => r.CompressedBytes ?? long.MaxValue)
            .ThenBy(r => r.Name != preferred)
            .ThenBy(r => r.Name, StringComparer.Ordinal),
    ];

    private static NamedRung Rung(string name, CatalogueBase entry, BaseQuery query)
    {
        if (BaseChooser.ProblemOf(entry, query) is string problem)
        {
            return new NamedRung(name, null, [], problem);
        }

        if (entry.ImagesFor(query.Use, query.FrameworkVersion).Count == 0)
        {
            return new NamedRung(name, null, [], "it has no image for such an application");
        }

        CatalogueImage image = BaseChooser.ImageOf(entry, query);
        return new NamedRung(name, image.CompressedBytes, [.. BaseChooser.Wanted(query).Except(image.Offers ?? [])], null);
    }
}

/// <summary>A base of the catalogue, seen from an application.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CompressedBytes">About how large its image for the application is; null where that is not known.</param>
/// <param name="Lacks">The certain needs that the image does not give.</param>
/// <param name="Problem">Why it cannot carry the application at all; null where it can.</param>
public sealed record NamedRung(string Name, long? CompressedBytes, IReadOnlyList<string> Lacks, string? Problem);
