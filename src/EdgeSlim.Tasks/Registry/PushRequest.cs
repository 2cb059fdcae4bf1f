using EdgeSlim.Oci;

namespace EdgeSlim.Registry;

/// <summary>What is to be pushed.</summary>
/// <param name="Layout">The layout that holds it.</param>
/// <param name="Tree">The image, or the index with its images.</param>
/// <param name="Tags">The tags; with none, it can be pulled by its digest.</param>
public sealed record PushRequest(ImageLayout Layout, LayoutTree Tree, IReadOnlyList<string> Tags)
{
    /// <summary>Says of a tag whether it may not be moved to another image.</summary>
    public Func<string, bool> IsImmutable { get; init; } = _ => false;

    /// <summary>Where else blobs may be.</summary>
    public KnownBlobs Known { get; init; } = KnownBlobs.None;
}
