using System.Formats.Tar;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeSlim.Oci;

namespace EdgeSlim.Delivery;

/// <summary>Writes an image as one tar archive; the same image always gives the same bytes.</summary>
internal static partial class ArchiveWriter
{
    public static async Task WriteAsync(
        DeliverableImage image, ArchiveFormat format, Stream output, CancellationToken cancellationToken)
    {
        await using TarWriter tar = new(output, TarEntryFormat.Ustar, leaveOpen: true);
        await (format == ArchiveFormat.Oci
            ? WriteLayoutAsync(tar, image, cancellationToken)
            : WriteDockerAsync(tar, image, cancellationToken));
    }

    private static async Task WriteLayoutAsync(
        TarWriter tar, DeliverableImage image, CancellationToken cancellationToken)
    {
        string folder = image.Layout.Folder;
        await WriteFileAsync(tar, "oci-layout", Path.Combine(folder, "oci-layout"), cancellationToken);
        await WriteFileAsync(tar, "index.json", Path.Combine(folder, "index.json"), cancellationToken);
        foreach (Descriptor blob in image.Tree.Blobs.Concat(image.Tree.Manifests).OrderBy(b => b.Digest.Hex, StringComparer.Ordinal))
        {
            await WriteBlobAsync(tar, $"blobs/sha256/{blob.Digest.Hex}", image.Layout, blob, cancellationToken);
        }
    }

    // The layers stay compressed: docker and podman recognise gzip and zstd by their magic numbers.
    private static async Task WriteDockerAsync(
        TarWriter tar, DeliverableImage image, CancellationToken cancellationToken)
    {
        Descriptor config = image.Image.Manifest.Config;
        DockerArchiveImage entry = new(
            $"{config.Digest.Hex}.json",
            [.. image.Tags.Select(tag => $"{image.Repository}:{tag}")],
            [.. image.Image.Manifest.Layers.Select(Name)]);
        foreach (Descriptor layer in image.Image.Manifest.Layers.DistinctBy(l => l.Digest))
        {
            await WriteBlobAsync(tar, Name(layer), image.Layout, layer, cancellationToken);
        }

        await WriteBlobAsync(tar, entry.Config, image.Layout, config, cancellationToken);
        await WriteAsync(tar, "manifest.json", new MemoryStream(DockerList([entry])), cancellationToken);
    }

    /// <summary>The text of docker-archive's <c>manifest.json</c>.</summary>
    public static byte[] DockerList(DockerArchiveImage[] images) =>
        JsonSerializer.SerializeToUtf8Bytes(images, DockerJson.Documents.DockerArchiveImageArray);

    private static string Name(Descriptor layer) =>
        $"{layer.Digest.Hex}.tar{(layer.MediaType == MediaTypes.LayerZstd ? ".zst" : layer.MediaType == MediaTypes.Layer ? "" : ".gz")}";

    // A blob that is missing is a damaged layout, and not an archive that cannot be written.
    private static async Task WriteBlobAsync(
        TarWriter tar, string name, ImageLayout layout, Descriptor blob, CancellationToken cancellationToken)
    {
        await using FileStream content = layout.OpenBlob(blob);
        await WriteAsync(tar, name, content, cancellationToken);
    }

    private static async Task WriteFileAsync(
        TarWriter tar, string name, string path, CancellationToken cancellationToken)
    {
        await using FileStream content = File.OpenRead(path);
        await WriteAsync(tar, name, content, cancellationToken);
    }

    private static Task WriteAsync(TarWriter tar, string name, Stream content, CancellationToken cancellationToken) =>
        tar.WriteEntryAsync(
            new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                Mode = (UnixFileMode)LayerEntry.FileMode,
                ModificationTime = DateTimeOffset.UnixEpoch,
                DataStream = content,
            },
            cancellationToken);

    /// <summary>An entry of docker-archive's <c>manifest.json</c>.</summary>
    internal sealed record DockerArchiveImage(
        [property: JsonPropertyName("Config")] string Config,
        [property: JsonPropertyName("RepoTags")] IReadOnlyList<string> RepoTags,
        [property: JsonPropertyName("Layers")] IReadOnlyList<string> Layers);

    [JsonSerializable(typeof(DockerArchiveImage[]))]
    private sealed partial class DockerJson : JsonSerializerContext
    {
        public static DockerJson Documents { get; } =
            new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
