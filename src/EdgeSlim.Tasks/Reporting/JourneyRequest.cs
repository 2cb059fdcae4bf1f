using EdgeSlim.Bases.Catalogue;

namespace EdgeSlim.Reporting;

/// <summary>What is known of the way to an image.</summary>
internal sealed record JourneyRequest
{
    /// <summary>EdgeMode.</summary>
    public required string Mode { get; init; }

    /// <summary>Whether the application references ASP.NET Core.</summary>
    public required bool IsWeb { get; init; }

    /// <summary>The IL of the application and its packages, in bytes.</summary>
    public required long IlBytes { get; init; }

    /// <summary>The base that a developer would take without thinking of size; null where the catalogue has none.</summary>
    public CatalogueImage? UsualBase { get; init; }

    /// <summary>Its reference.</summary>
    public string UsualReference { get; init; } = "";

    /// <summary>The files of the .NET runtime that were published, in bytes; null where none were.</summary>
    public long? RuntimeBytes { get; init; }

    /// <summary>The published files, in bytes, with those that stay out of the image.</summary>
    public required long PublishedBytes { get; init; }

    /// <summary>The files of the application in the image, in bytes.</summary>
    public required long PayloadBytes { get; init; }

    /// <summary>The symbols that were kept out, in bytes.</summary>
    public required long SymbolBytes { get; init; }

    /// <summary>All files of the image, in bytes.</summary>
    public required long UncompressedBytes { get; init; }

    /// <summary>The image as it is sent, in bytes.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>The name of its base.</summary>
    public required string BaseName { get; init; }
}
