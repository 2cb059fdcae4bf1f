using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Bases.Catalogue;

/// <summary>What a base image is looked for.</summary>
public sealed record BaseQuery
{
    /// <summary>The kind of application.</summary>
    public required BaseUse Use { get; init; }

    /// <summary>Its version of .NET: <c>10.0</c>.</summary>
    public required string FrameworkVersion { get; init; }

    /// <summary>Its runtime identifier, which says which C library it is made for.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>What it needs; null where that is not known yet.</summary>
    public ApplicationNeeds? Needs { get; init; }

    /// <summary>The C library that the runtime identifier stands for.</summary>
    public string CLibrary => RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "musl" : "glibc";
}

/// <summary>The image that a name stands for.</summary>
/// <param name="Reference">Its reference, or what stands for none: <c>scratch</c>, a folder, an archive.</param>
/// <param name="Base">What the catalogue says of it; null where it says nothing.</param>
public sealed record CatalogueChoice(string Reference, CatalogueBase? Base);
