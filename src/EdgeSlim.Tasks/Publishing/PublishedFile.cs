namespace EdgeSlim.Publishing;

/// <summary>A file that the publish, or an EdgeInclude item, offers for the image.</summary>
/// <param name="Source">Where it lies on disk.</param>
/// <param name="TargetPath">
/// Its path in the image, with slashes: relative to the working directory, or absolute.
/// </param>
/// <param name="IsExplicit">Whether the user asked for it by an EdgeInclude item, which wins over every rule.</param>
/// <param name="Origin">Where it comes from, where the publish says so; null for what is told by looking at it.</param>
/// <param name="Layer">The layer that the user wants it in; null for the one that follows from where it comes from.</param>
public sealed record PublishedFile(
    string Source, string TargetPath, bool IsExplicit = false, FileOrigin? Origin = null, string? Layer = null);
