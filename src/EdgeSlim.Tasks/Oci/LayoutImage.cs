namespace EdgeSlim.Oci;

/// <summary>One image of an image layout, with its documents read.</summary>
public sealed record LayoutImage
{
    /// <summary>The manifest's descriptor.</summary>
    public required Descriptor Descriptor { get; init; }

    /// <summary>The tags that the layout's index gives the image.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The manifest.</summary>
    public required ImageManifest Manifest { get; init; }

    /// <summary>The configuration.</summary>
    public required ImageConfig Config { get; init; }

    /// <summary>What is stored and sent: manifest, configuration and compressed layers, in bytes.</summary>
    public long CompressedSize => Descriptor.Size + Manifest.Config.Size + Manifest.Layers.Sum(l => l.Size);

    /// <summary>All blobs of the image but the manifest itself.</summary>
    public IEnumerable<Descriptor> Blobs => Manifest.Layers.Append(Manifest.Config).DistinctBy(d => d.Digest);
}
