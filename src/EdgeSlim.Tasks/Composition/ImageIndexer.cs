using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>Joins the images of several platforms in one OCI image layout, under an index that names each with its platform.</summary>
/// <param name="folder">The layout's folder.</param>
/// <param name="lockFile">A file that two runs on the same layout agree on; it stays when they are done.</param>
public sealed class ImageIndexer(string folder, string lockFile)
{
    // They speak of the base of one platform.
    private const string BaseAnnotations = "org.opencontainers.image.base.";

    /// <summary>Writes the index and what it names. What the layout held before stays whole until the last step.</summary>
    /// <param name="layouts">The layouts of the images, one for each platform.</param>
    /// <param name="tags">The tags of the index.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What lies in the layout.</returns>
    /// <exception cref="EdgeException">A layout cannot be read, or the new one cannot be written.</exception>
    public async Task<LayoutTree> IndexAsync(
        IReadOnlyList<ImageLayout> layouts, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        await using FileStream exclusive = await LayoutLock.TakeAsync(lockFile, diagnostics: null, cancellationToken);
        ImageLayoutWriter writer = new(folder);
        (ImageLayout Layout, LayoutImage Image)[] images = [.. layouts.Select(l => (l, l.ReadImage()))];
        foreach ((ImageLayout layout, Descriptor blob) in images
            .SelectMany(i => i.Image.Blobs.Append(i.Image.Descriptor).Select(b => (i.Layout, b)))
            .DistinctBy(b => b.b.Digest))
        {
            writer.CopyBlob(layout, blob, cancellationToken);
        }

        Descriptor index = writer.WriteIndex(Index([.. images.Select(i => i.Image)]));
        cancellationToken.ThrowIfCancellationRequested();
        writer.Commit(index, tags);
        return new ImageLayout(folder).ReadTree();
    }

    /// <summary>The index of images. Their order is that of the platforms' names, in whatever order they were made.</summary>
    /// <param name="images">The images.</param>
    /// <returns>The index.</returns>
    internal static ImageIndex Index(IReadOnlyList<LayoutImage> images)
    {
        SortedDictionary<string, string> common = new(StringComparer.Ordinal);
        foreach ((string key, string value) in images[0].Manifest.Annotations ?? new Dictionary<string, string>())
        {
            if (!key.StartsWith(BaseAnnotations, StringComparison.Ordinal)
                && images.All(i => i.Manifest.Annotations?.GetValueOrDefault(key) == value))
            {
                common[key] = value;
            }
        }

        return new ImageIndex
        {
            Manifests = [.. images
                .Select(i => i.Descriptor with { Platform = PlatformOf(i.Config) })
                .OrderBy(d => d.Platform!.ToString(), StringComparer.Ordinal)],
            Annotations = common.Count == 0 ? null : common,
        };
    }

    // What the image says of itself, and not who asked for it, is what a device chooses by.
    private static Platform PlatformOf(ImageConfig config) => new()
    {
        OperatingSystem = config.OperatingSystem,
        Architecture = config.Architecture,
        Variant = config.Variant,
    };
}
