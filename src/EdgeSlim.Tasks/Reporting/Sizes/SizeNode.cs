namespace EdgeSlim.Reporting.Sizes;

/// <summary>A part of an image with its bytes. The bytes of its parts add up to its own exactly.</summary>
public sealed record SizeNode
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="SizeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its bytes in the image, uncompressed.</summary>
    public required long Bytes { get; init; }

    /// <summary>What else there is to say of it, such as the version of a package.</summary>
    public string? Detail { get; init; }

    /// <summary>Of how many things of this name it is the sum, such as overloads; null for one.</summary>
    public int? Count { get; init; }

    /// <summary>Whether its bytes are a share of a sum that was measured; null where they were measured themselves.</summary>
    public bool? IsShare { get; init; }

    /// <summary>Its parts, largest first; null for none.</summary>
    public IReadOnlyList<SizeNode>? Children { get; init; }

    /// <summary>Its parts, or none.</summary>
    internal IReadOnlyList<SizeNode> Parts => Children ?? [];
}
