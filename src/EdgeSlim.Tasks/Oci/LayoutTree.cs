namespace EdgeSlim.Oci;

/// <summary>What a descriptor of a layout leads to: one image, or an index and the images in it.</summary>
public sealed record LayoutTree
{
    /// <summary>The manifest, or the index.</summary>
    public required Descriptor Root { get; init; }

    /// <summary>The images: the one, or those of the index in its order.</summary>
    public required IReadOnlyList<LayoutImage> Images { get; init; }

    /// <summary>Whether there is an index above the images.</summary>
    public bool IsIndex => Root.MediaType == MediaTypes.ImageIndex;

    /// <summary>All manifests, each before what names it: the root comes last.</summary>
    public IEnumerable<Descriptor> Manifests => Images.Select(i => i.Descriptor).Append(Root).DistinctBy(d => d.Digest);

    /// <summary>Layers and configurations, each once.</summary>
    public IEnumerable<Descriptor> Blobs => Images.SelectMany(i => i.Blobs).DistinctBy(d => d.Digest);

    /// <summary>What is stored and sent: manifests, configurations and compressed layers, in bytes.</summary>
    public long CompressedSize => Manifests.Concat(Blobs).Sum(d => d.Size);

    /// <summary>A tree of one image.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The tree.</returns>
    public static LayoutTree Of(LayoutImage image) => new() { Root = image.Descriptor, Images = [image] };
}
