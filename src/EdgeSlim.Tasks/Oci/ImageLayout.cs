using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Oci;

/// <summary>
/// An OCI image layout on disk (image-spec 1.1, image-layout.md): the contract between EdgeSlim's stages, and with every
/// other tool that reads OCI.
/// </summary>
/// <param name="folder">The folder that holds <c>index.json</c>.</param>
public sealed class ImageLayout(string folder)
{
    /// <summary>The annotation that names a manifest of the layout: its tag.</summary>
    public const string RefNameAnnotation = "org.opencontainers.image.ref.name";

    internal const string MarkerFile = "oci-layout";
    internal const string MarkerContent = """{"imageLayoutVersion":"1.0.0"}""";
    internal const string IndexFile = "index.json";

    /// <summary>The folder that holds <c>index.json</c>.</summary>
    public string Folder { get; } = folder;

    /// <summary>Where a blob lies.</summary>
    /// <param name="digest">The blob's digest.</param>
    /// <returns>The path of its file, which need not exist.</returns>
    public string BlobPath(Digest digest) => Path.Combine(Folder, "blobs", "sha256", digest.Hex);

    /// <summary>Opens a blob.</summary>
    /// <param name="descriptor">Which.</param>
    /// <returns>A stream that the caller closes.</returns>
    /// <exception cref="EdgeException">The blob is missing or has another size than the descriptor says.</exception>
    public FileStream OpenBlob(Descriptor descriptor)
    {
        FileStream stream;
        try
        {
            stream = File.OpenRead(BlobPath(descriptor.Digest));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.LayoutDamaged, Folder, e.Message);
        }

        if (stream.Length != descriptor.Size)
        {
            string seen = $"blob {descriptor.Digest} has {stream.Length} bytes where {descriptor.Size} are declared";
            stream.Dispose();
            throw new EdgeException(DiagnosticCodes.LayoutDamaged, Folder, seen);
        }

        return stream;
    }

    /// <summary>Reads the layout's index.</summary>
    /// <returns>The index.</returns>
    /// <exception cref="EdgeException">It is missing or malformed.</exception>
    public ImageIndex ReadIndex() =>
        Read(Path.Combine(Folder, IndexFile), OciJson.Documents.ImageIndex);

    /// <summary>The tags under which the layout has its image.</summary>
    /// <returns>The tags, in the order in which they were written.</returns>
    /// <exception cref="EdgeException">The index is missing or malformed.</exception>
    public IReadOnlyList<string> ReadTags() =>
        [.. ReadIndex().Manifests.Select(m => m.Annotations?.GetValueOrDefault(RefNameAnnotation)).OfType<string>()];

    /// <summary>Reads an index among the layout's blobs.</summary>
    /// <param name="descriptor">Which.</param>
    /// <returns>The index.</returns>
    /// <exception cref="EdgeException">It is missing or malformed.</exception>
    public ImageIndex ReadIndex(Descriptor descriptor) =>
        Read(BlobPath(descriptor.Digest), OciJson.Documents.ImageIndex);

    /// <summary>Reads the one image that EdgeSlim wrote into the layout.</summary>
    /// <returns>The image.</returns>
    /// <exception cref="EdgeException">The layout holds no image, or is malformed.</exception>
    public LayoutImage ReadImage()
    {
        ImageIndex index = ReadIndex();
        return ReadImage(First(index), index);
    }

    /// <summary>Reads what EdgeSlim wrote into the layout, be it one image or an index of several.</summary>
    /// <returns>The image or images.</returns>
    /// <exception cref="EdgeException">The layout holds no image, or is malformed.</exception>
    public LayoutTree ReadTree()
    {
        ImageIndex index = ReadIndex();
        Descriptor root = First(index);
        return root.MediaType == MediaTypes.ImageIndex
            ? new LayoutTree
            {
                Root = root with { Annotations = null },
                Images = [.. ReadIndex(root).Manifests.Select(m => ReadImage(m, index))],
            }
            : LayoutTree.Of(ReadImage(root, index));
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="descriptor">Which.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="EdgeException">It is missing or malformed.</exception>
    public ImageManifest ReadManifest(Descriptor descriptor) =>
        Read(BlobPath(descriptor.Digest), OciJson.Documents.ImageManifest);

    private Descriptor First(ImageIndex index) => index.Manifests is [Descriptor first, ..]
        ? first
        : throw new EdgeException(DiagnosticCodes.LayoutDamaged, Folder, "its index names no image");

    private LayoutImage ReadImage(Descriptor descriptor, ImageIndex index)
    {
        ImageManifest manifest = ReadManifest(descriptor);
        return new LayoutImage
        {
            Descriptor = descriptor with { Annotations = null },
            Tags = [.. index.Manifests
                .Where(m => m.Digest == descriptor.Digest)
                .Select(m => m.Annotations?.GetValueOrDefault(RefNameAnnotation))
                .OfType<string>()],
            Manifest = manifest,
            Config = Read(BlobPath(manifest.Config.Digest), OciJson.Documents.ImageConfig),
        };
    }

    private T Read<T>(string path, JsonTypeInfo<T> type)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, type) ?? throw new JsonException("The document is null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeException(e, DiagnosticCodes.LayoutDamaged, Folder, e.Message);
        }
    }
}
