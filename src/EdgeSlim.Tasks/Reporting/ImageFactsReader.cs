using EdgeSlim.Bases;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Composition;
using EdgeSlim.Oci;

namespace EdgeSlim.Reporting;

/// <summary>Says what there is to say of a composed image. Pure.</summary>
public static class ImageFactsReader
{
    /// <summary>Joins the plan of an image with what came of it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="choice">The base that was chosen.</param>
    /// <param name="image">The image.</param>
    /// <param name="baseFacts">The base image.</param>
    /// <returns>The facts.</returns>
    public static ImageFacts Read(ImagePlan plan, BaseChoice choice, LayoutImage image, BaseFacts baseFacts) => new()
    {
        Repository = plan.Repository,
        Tags = plan.Tags,
        Digest = image.Descriptor.Digest,
        Platform = plan.Platform,
        Base = baseFacts with { Ladder = choice.Rungs, Slice = Of(choice.Slice, plan) },
        User = image.Config.Config?.User is { Length: > 0 } user ? user : "root",
        Ports = [.. (image.Config.Config?.ExposedPorts?.Keys ?? []).Order(StringComparer.Ordinal)],
        Labels = image.Config.Config?.Labels ?? new Dictionary<string, string>(),
        CompressedBytes = image.CompressedSize,
        UncompressedBytes = plan.Layers.Sum(l => l.Entries.Sum(e => e.Size)),
        Layers =
        [
            .. image.Manifest.Layers.Select((layer, i) =>
            {
                LayerPlan? own = i < plan.BaseLayers.Count ? null : plan.Layers[i - plan.BaseLayers.Count];
                return new LayerFacts(own?.Name, layer.Digest, layer.Size, own?.Entries.Count(e => !e.IsFolder));
            }),
        ],
    };
    // What the application brings itself is not taken.
    private static SliceFacts? Of(Slice? slice, ImagePlan plan)
    {
        if (slice is null || slice.Files.Count == 0)
        {
            return null;
        }

        ILookup<string, LayerEntry> planned = plan.Layers.SelectMany(l => l.Entries).ToLookup(e => "/" + e.Path);
        return new SliceFacts(
            slice.Source,
            slice.Packages,
            [.. slice.Files.Select(f => new SlicedFileFacts(f.TargetPath, planned[f.TargetPath].FirstOrDefault()?.Size ?? 0, f.Package, f.Reason))]);
    }
}
