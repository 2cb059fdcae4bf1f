namespace EdgeSlim.Bases.Catalogue;

/// <summary>The bases that have a short name.</summary>
public sealed record BaseCatalogue
{
    /// <summary>The bases by name.</summary>
    public required IReadOnlyDictionary<string, CatalogueBase> Bases { get; init; }

    /// <summary>Their names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. Bases.Keys.Order(StringComparer.Ordinal)];

    /// <summary>This catalogue with what another one adds, and says instead.</summary>
    /// <param name="other">The other catalogue, which wins.</param>
    /// <returns>The catalogue.</returns>
    public BaseCatalogue With(BaseCatalogue other)
    {
        Dictionary<string, CatalogueBase> all = new(Bases, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, CatalogueBase entry) in other.Bases)
        {
            all[name] = all.TryGetValue(name, out CatalogueBase? known) ? known.With(entry) : entry;
        }

        return new BaseCatalogue { Bases = all };
    }

    /// <summary>Finds a base by its short name.</summary>
    /// <param name="name">The name, in upper or lower case.</param>
    /// <returns>The base; null where there is none.</returns>
    public CatalogueBase? Find(string name) =>
        Bases.FirstOrDefault(b => b.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Finds the base that an image belongs to.</summary>
    /// <param name="reference">The image's reference.</param>
    /// <param name="frameworkVersion">The version of .NET.</param>
    /// <returns>The base; null where no base has such an image.</returns>
    public CatalogueBase? Owner(ImageReference reference, string frameworkVersion) => Bases.Values.FirstOrDefault(b =>
        (b.Images ?? []).Any(i => ImageReference.Parse(i.ReferenceFor(frameworkVersion)).ToString() == reference.ToString()));
}
