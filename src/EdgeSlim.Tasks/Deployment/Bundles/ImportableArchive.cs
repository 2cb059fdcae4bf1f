using System.Formats.Tar;
using System.Text.Json;
using EdgeSlim.Delivery;
using EdgeSlim.Oci;

namespace EdgeSlim.Deployment.Bundles;

/// <summary>
/// The images of all platforms in one tar archive that containerd, and K3s with it, imports as it is: an OCI layout whose
/// index names the image in full, by its tags and by its digest, since versions of K3s before the end of 2025 give it no
/// name by its digest themselves. A list for docker and podman stands beside it, which names the same blobs.
/// </summary>
internal static class ImportableArchive
{
    // containerd's name for the name of an image.
    private const string NameAnnotation = "io.containerd.image.name";

    public static async Task WriteAsync(ImageLayout layout, LayoutTree tree, ImageNames names, Stream output, CancellationToken cancellationToken)
    {
        await using TarWriter tar = new(output, TarEntryFormat.Ustar, leaveOpen: true);
        await TarFile.WriteAsync(tar, ImageLayout.MarkerFile, """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray(), cancellationToken);
        await TarFile.WriteAsync(tar, ImageLayout.IndexFile, Index(tree, names), cancellationToken);
        await TarFile.WriteAsync(tar, "manifest.json", DockerList(tree, names), cancellationToken);
        foreach (Descriptor blob in tree.Blobs.Concat(tree.Manifests).OrderBy(b => b.Digest.Hex, StringComparer.Ordinal))
        {
            await using FileStream content = layout.OpenBlob(blob);
            await TarFile.WriteAsync(tar, PathOf(blob), content, isProgram: false, cancellationToken);
        }
    }

    private static byte[] Index(LayoutTree tree, ImageNames names)
    {
        ImageIndex index = new()
        {
            Manifests =
            [
                .. names.All.Select(n => tree.Root with
                {
                    Annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
                    {
                        [NameAnnotation] = n.Name,
                        [ImageLayout.RefNameAnnotation] = n.Tag ?? n.Name,
                    },
                }),
            ],
        };
        return JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Documents.ImageIndex);
    }

    // It knows no index: where there are several images, each has the platform in its tag.
    private static byte[] DockerList(LayoutTree tree, ImageNames names)
    {
        ArchiveWriter.DockerArchiveImage[] images =
        [
            .. tree.Images.Select(image => new ArchiveWriter.DockerArchiveImage(
                PathOf(image.Manifest.Config),
                [.. names.Tags.Select(t => $"{names.Image}:{t}{(tree.IsIndex ? "-" + image.Config.Architecture : "")}")],
                [.. image.Manifest.Layers.Select(PathOf)])),
        ];
        return ArchiveWriter.DockerList(images);
    }

    private static string PathOf(Descriptor blob) => $"blobs/sha256/{blob.Digest.Hex}";
}
