using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Reproduction;

/// <summary>
/// Finds where two images differ, causes before consequences: a file before the digest of its layer, and that before the
/// configuration that names it.
/// </summary>
/// <param name="first">One layout.</param>
/// <param name="second">The other.</param>
/// <param name="room">A folder for files that are looked at.</param>
public sealed class ImageComparison(ImageLayout first, ImageLayout second, string room)
{
    // What follows from the layers.
    private static readonly string[] Consequences = ["rootfs.diff_ids", "config.digest", "config.size", "layers"];

    /// <summary>Compares them.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The differences, the first first; none where the images are the same.</returns>
    /// <exception cref="EdgeException">One of them cannot be read (EDGE3012).</exception>
    public IReadOnlyList<Difference> Compare(CancellationToken cancellationToken)
    {
        LayoutTree one = first.ReadTree();
        LayoutTree other = second.ReadTree();
        if (one.Root.Digest == other.Root.Digest)
        {
            return [];
        }

        string[] platforms = [.. one.Images.Select(PlatformOf)];
        string[] others = [.. other.Images.Select(PlatformOf)];
        if (!platforms.SequenceEqual(others))
        {
            return [new Difference("the index", $"it has {string.Join(", ", platforms)}, and then {string.Join(", ", others)}")];
        }

        List<Difference> found =
        [
            .. one.Images.Zip(other.Images).SelectMany(
                pair => Compare(pair.First, pair.Second, one.IsIndex ? $" ({PlatformOf(pair.First)})" : "", cancellationToken)),
        ];
        return found.Count > 0 ? found : Documents(one.Root, other.Root, "the index", "");
    }

    private static string PlatformOf(LayoutImage image) =>
        $"{image.Config.OperatingSystem}/{image.Config.Architecture}{(image.Config.Variant is { Length: > 0 } variant ? "/" + variant : "")}";

    private List<Difference> Compare(LayoutImage one, LayoutImage other, string of, CancellationToken cancellationToken)
    {
        List<Difference> found = [];
        IReadOnlyList<Descriptor> layers = one.Manifest.Layers;
        IReadOnlyList<Descriptor> others = other.Manifest.Layers;
        for (int i = 0; i < Math.Min(layers.Count, others.Count); i++)
        {
            if (layers[i].Digest != others[i].Digest)
            {
                found.AddRange(new LayerComparison(first, second, room).Compare(layers[i], others[i], i + 1, cancellationToken).Select(d => d with { Place = d.Place + of }));
            }
        }

        if (layers.Count != others.Count)
        {
            found.Add(new Difference($"the layers{of}", $"there are {layers.Count}, and then {others.Count}"));
        }

        found.AddRange(Documents(one.Manifest.Config, other.Manifest.Config, "the configuration", of));
        found.AddRange(Documents(one.Descriptor, other.Descriptor, "the manifest", of));
        return found;
    }

    private List<Difference> Documents(Descriptor one, Descriptor other, string document, string of) =>
    [
        .. JsonComparison.Compare(Read(first, one), Read(second, other))
            .Where(d => !Consequences.Any(c => d.Place.StartsWith(c, StringComparison.Ordinal)))
            .Select(d => new Difference($"{document}'s field {d.Place}{of}", d.Detail)),
    ];

    private static byte[] Read(ImageLayout layout, Descriptor descriptor)
    {
        using FileStream stream = layout.OpenBlob(descriptor);
        byte[] content = new byte[descriptor.Size];
        stream.ReadExactly(content);
        return content;
    }
}
