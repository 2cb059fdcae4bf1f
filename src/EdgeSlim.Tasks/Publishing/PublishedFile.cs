namespace EdgeSlim.Publishing;

/// <summary>A file that the publish, or an EdgeInclude item, offers for the image.</summary>
/// <param name="Source">Where it lies on disk.</param>
/// <param name="TargetPath">
/// Its path in the image, with slashes: relative to the working directory, or absolute.
/// </param>
/// <param name="IsExplicit">Whether the user asked for it by an EdgeInclude item, which wins over every rule.</param>
public sealed record PublishedFile(string Source, string TargetPath, bool IsExplicit = false);
