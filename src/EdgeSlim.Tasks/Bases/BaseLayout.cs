using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Bases;

/// <summary>Base images in image layouts: <c>oci:FOLDER</c>, or <c>oci:FOLDER:NAME</c> as other tools write it.</summary>
internal static class BaseLayout
{
    /// <summary>Finds an image.</summary>
    /// <param name="name">What the user called it.</param>
    /// <param name="platform">The platform to take of a multi-architecture image.</param>
    /// <returns>The layout and the image's manifest or index.</returns>
    /// <exception cref="EdgeException">
    /// There is no such image, or it is open which (EDGE2003), none for the platform (EDGE2002), or the layout cannot be read.
    /// </exception>
    public static (ImageLayout Layout, Descriptor Image) Find(string name, Platform platform)
    {
        (string folder, string? refName) = Split(name[BaseImage.LayoutPrefix.Length..]);
        ImageLayout layout = new(Path.GetFullPath(folder));
        IReadOnlyList<Descriptor> images = layout.ReadIndex().Manifests;
        string[] names = [.. images.Select(RefName).OfType<string>().Distinct()];
        if (refName is not null)
        {
            images = [.. images.Where(i => RefName(i) == refName)];
            if (images.Count == 0)
            {
                throw new EdgeException(
                    DiagnosticCodes.BaseUnreadable,
                    name,
                    $"the layout '{layout.Folder}' names no image '{refName}', but {(names.Length == 0 ? "none" : string.Join(", ", names))}");
            }
        }
        else if (names.Length > 1 && images.Select(i => i.Digest).Distinct().Count() > 1 && images.All(i => RefName(i) is not null))
        {
            throw new EdgeException(
                DiagnosticCodes.BaseUnreadable,
                name,
                $"the layout holds several images; say which: {string.Join(", ", names.Select(n => $"{name}:{n}"))}");
        }

        return (layout, BaseDocuments.Choose(name, images, platform));
    }

    // A folder may have a colon in its name.
    private static (string Folder, string? RefName) Split(string path) =>
        path.LastIndexOf(':') is > 0 and int colon && !Directory.Exists(path) && Directory.Exists(path[..colon])
            ? (path[..colon], path[(colon + 1)..])
            : (path, null);

    private static string? RefName(Descriptor image) => image.Annotations?.GetValueOrDefault(ImageLayout.RefNameAnnotation);
}
