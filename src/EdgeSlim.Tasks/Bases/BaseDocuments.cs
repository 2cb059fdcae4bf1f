using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Bases;

/// <summary>Reads the documents of base images. Pure.</summary>
internal static class BaseDocuments
{
    /// <summary>Whether a document names images of several platforms.</summary>
    /// <param name="descriptor">The document.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsIndex(Descriptor descriptor) =>
        descriptor.MediaType is MediaTypes.ImageIndex or MediaTypes.DockerManifestList;

    /// <summary>Reads an index.</summary>
    /// <param name="name">The base, for messages.</param>
    /// <param name="document">The index.</param>
    /// <returns>It.</returns>
    public static ImageIndex Index(string name, RegistryManifest document) =>
        Parse(name, document.Content, OciJson.Documents.ImageIndex);

    /// <summary>Reads a manifest.</summary>
    /// <param name="name">The base, for messages.</param>
    /// <param name="document">The manifest.</param>
    /// <returns>It.</returns>
    public static ImageManifest Manifest(string name, RegistryManifest document) =>
        Parse(name, document.Content, OciJson.Documents.ImageManifest);

    /// <summary>Finds the image for a platform.</summary>
    /// <param name="name">The base, for messages.</param>
    /// <param name="manifests">The images.</param>
    /// <param name="platform">The platform.</param>
    /// <returns>The image.</returns>
    /// <exception cref="EdgeException">There is none (EDGE2002).</exception>
    public static Descriptor Choose(string name, IReadOnlyList<Descriptor> manifests, Platform platform)
    {
        return Find(manifests, platform)
            ?? throw new EdgeException(
                DiagnosticCodes.BaseWrongPlatform,
                name,
                string.Join(", ", manifests.Select(m => m.Platform).Distinct()),
                platform);
    }

    /// <summary>Looks for the image for a platform.</summary>
    /// <param name="manifests">The images.</param>
    /// <param name="platform">The platform.</param>
    /// <returns>The image; null where there is none.</returns>
    public static Descriptor? Find(IReadOnlyList<Descriptor> manifests, Platform platform) => manifests.FirstOrDefault(m =>
        m.Platform is null
        || (m.Platform.OperatingSystem == platform.OperatingSystem
            && m.Platform.Architecture == platform.Architecture
            && (platform.Variant is null || m.Platform.Variant is null || m.Platform.Variant == platform.Variant)));

    /// <summary>Describes an image whose blobs are on disk.</summary>
    /// <param name="name">What the user called it.</param>
    /// <param name="digest">The digest of its manifest.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="layout">The layout that holds its blobs.</param>
    /// <returns>The image.</returns>
    /// <exception cref="EdgeException">Its configuration cannot be read.</exception>
    public static BaseImage Describe(string name, Digest digest, ImageManifest manifest, ImageLayout layout)
    {
        using FileStream file = layout.OpenBlob(manifest.Config);
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return new BaseImage
        {
            Name = name,
            Digest = digest,
            LayoutFolder = layout.Folder,
            Config = Parse(name, content, OciJson.Documents.ImageConfig),

            // The layers keep their bytes; Docker's name for them becomes OCI's, since one image never mixes the two.
            Layers =
            [
                .. manifest.Layers.Select(l => new Descriptor
                {
                    MediaType = MediaTypes.OfOciLayer(l.MediaType),
                    Digest = l.Digest,
                    Size = l.Size,
                }),
            ],
        };
    }

    private static T Parse<T>(string name, ReadOnlyMemory<byte> content, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(content.Span, type) ?? throw new JsonException("The document is null.");
        }
        catch (JsonException e)
        {
            throw new EdgeException(e, DiagnosticCodes.BaseUnreadable, name, e.Message);
        }
    }
}
