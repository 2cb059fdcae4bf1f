using EdgeSlim.Oci;

namespace EdgeSlim.Delivery;

/// <summary>An image that is ready to be delivered.</summary>
/// <param name="Layout">The layout that holds its blobs.</param>
/// <param name="Image">Its documents.</param>
/// <param name="Repository">The repository, without a registry.</param>
/// <param name="Tags">The tags.</param>
/// <param name="Suffix">What tells the names of its files from those of other images of the same run.</param>
public sealed record DeliverableImage(
    ImageLayout Layout, LayoutImage Image, string Repository, IReadOnlyList<string> Tags, string Suffix = "");
