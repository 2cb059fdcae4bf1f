namespace EdgeSlim.Bases.Catalogue;

/// <summary>A base that has a short name. What is null is not known, or taken from the entry that this one overrides.</summary>
public sealed record CatalogueBase
{
    /// <summary>What it is, in a few words.</summary>
    public string? Title { get; init; }

    /// <summary>Its C library: <c>glibc</c> or <c>musl</c>.</summary>
    public string? CLibrary { get; init; }

    /// <summary>The version of its C library.</summary>
    public Version? CLibraryVersion { get; init; }

    /// <summary>The day after which nobody mends it any more.</summary>
    public DateOnly? EndOfLife { get; init; }

    /// <summary>Its images, the smaller ones first.</summary>
    public IReadOnlyList<CatalogueImage>? Images { get; init; }

    /// <summary>This entry with what another one says instead.</summary>
    /// <param name="other">The other entry, which wins.</param>
    /// <returns>The entry.</returns>
    public CatalogueBase With(CatalogueBase other) => new()
    {
        Title = other.Title ?? Title,
        CLibrary = other.CLibrary ?? CLibrary,
        CLibraryVersion = other.CLibraryVersion ?? CLibraryVersion,
        EndOfLife = other.EndOfLife ?? EndOfLife,
        Images = other.Images ?? Images,
    };

    /// <summary>The images that can carry an application.</summary>
    /// <param name="use">Its kind.</param>
    /// <param name="frameworkVersion">Its version of .NET: <c>10.0</c>.</param>
    /// <returns>The images, the smaller ones first.</returns>
    public IReadOnlyList<CatalogueImage> ImagesFor(BaseUse use, string frameworkVersion) =>
    [
        .. (Images ?? []).Where(i => i.Uses.Contains(use) && (i.Frameworks is null || i.Frameworks.Contains(frameworkVersion))),
    ];
}

/// <summary>An image of a base.</summary>
public sealed record CatalogueImage
{
    private const string VersionPlaceholder = "{version}";

    /// <summary>What it can carry.</summary>
    public required IReadOnlyList<BaseUse> Uses { get; init; }

    /// <summary>Its reference, in which <c>{version}</c> stands for the version of .NET.</summary>
    public required string Reference { get; init; }

    /// <summary>The needs that it gives; null for none.</summary>
    public IReadOnlyList<string>? Offers { get; init; }

    /// <summary>About how large it is, compressed.</summary>
    public long? CompressedBytes { get; init; }

    /// <summary>The versions of .NET that it is there for; null for all.</summary>
    public IReadOnlyList<string>? Frameworks { get; init; }

    /// <summary>The reference for a version of .NET.</summary>
    /// <param name="frameworkVersion">The version.</param>
    /// <returns>The reference.</returns>
    public string ReferenceFor(string frameworkVersion) =>
        Reference.Replace(VersionPlaceholder, frameworkVersion, StringComparison.Ordinal);
}
