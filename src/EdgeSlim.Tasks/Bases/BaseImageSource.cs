using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Bases;

/// <summary>Finds base images: those of image layouts on disk, and those of registries.</summary>
/// <param name="cacheFolder">An image layout that keeps what was pulled.</param>
/// <param name="connect">Makes the client of a registry.</param>
/// <param name="diagnostics">Where to say what was pulled.</param>
public sealed class BaseImageSource(
    string cacheFolder, Func<RegistryName, RegistryClient> connect, IDiagnosticSink diagnostics)
{
    /// <summary>Finds a base image.</summary>
    /// <param name="name"><c>oci:FOLDER</c> or an image reference.</param>
    /// <param name="platform">The platform to take of a multi-architecture image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The image, whose layers are on disk.</returns>
    /// <exception cref="EdgeException">It cannot be had, or there is none for the platform.</exception>
    public async Task<BaseImage> FindAsync(string name, Platform platform, CancellationToken cancellationToken) =>
        name.StartsWith(BaseImage.LayoutPrefix, StringComparison.Ordinal)
            ? FromLayout(name, platform)
            : await PullAsync(name, platform, cancellationToken);

    private static BaseImage FromLayout(string name, Platform platform)
    {
        ImageLayout layout = new(Path.GetFullPath(name[BaseImage.LayoutPrefix.Length..]));
        Descriptor descriptor = Choose(name, layout.ReadIndex().Manifests, platform);
        ImageManifest manifest = layout.ReadManifest(descriptor);
        using FileStream config = layout.OpenBlob(manifest.Config);
        return Describe(name, descriptor.Digest, manifest, Parse(name, config, OciJson.Documents.ImageConfig), layout);
    }

    private async Task<BaseImage> PullAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        ImageReference reference = ImageReference.Parse(name);
        RegistryName registryName = RegistryName.Parse(reference.Registry);
        using RegistryClient registry = connect(registryName);
        RepositoryClient repository =
            registry.Repository(registryName.ApiRepository(reference.Repository), RegistryAccess.Pull);

        RegistryManifest document = await GetManifestAsync(name, repository, reference.Reference, cancellationToken);
        if (document.Descriptor.MediaType is MediaTypes.ImageIndex or MediaTypes.DockerManifestList)
        {
            ImageIndex index = Parse(name, document.Content, OciJson.Documents.ImageIndex);
            Digest chosen = Choose(name, index.Manifests, platform).Digest;
            document = await GetManifestAsync(name, repository, chosen.ToString(), cancellationToken);
        }

        ImageManifest manifest = Parse(name, document.Content, OciJson.Documents.ImageManifest);
        ImageLayout cache = new(cacheFolder);
        Directory.CreateDirectory(Path.GetDirectoryName(cache.BlobPath(manifest.Config.Digest))!);
        foreach (Descriptor blob in manifest.Layers.Append(manifest.Config).DistinctBy(b => b.Digest))
        {
            if (!File.Exists(cache.BlobPath(blob.Digest)))
            {
                await repository.GetBlobAsync(blob, cache.BlobPath(blob.Digest), cancellationToken);
                diagnostics.Detail($"Pulled {blob.Digest} of {name}, {blob.Size} bytes.");
            }
        }

        using FileStream config = cache.OpenBlob(manifest.Config);
        return Describe(
            name, document.Descriptor.Digest, manifest, Parse(name, config, OciJson.Documents.ImageConfig), cache);
    }

    private static async Task<RegistryManifest> GetManifestAsync(
        string name, RepositoryClient repository, string reference, CancellationToken cancellationToken) =>
        await repository.GetManifestAsync(reference, cancellationToken)
        ?? throw new EdgeException(DiagnosticCodes.BaseUnreadable, name, "the registry has no such image");

    private static Descriptor Choose(string name, IReadOnlyList<Descriptor> manifests, Platform platform)
    {
        Descriptor? found = manifests.FirstOrDefault(m =>
            m.Platform is null
            || (m.Platform.OperatingSystem == platform.OperatingSystem
                && m.Platform.Architecture == platform.Architecture
                && (platform.Variant is null || m.Platform.Variant is null || m.Platform.Variant == platform.Variant)));
        return found
            ?? throw new EdgeException(
                DiagnosticCodes.BaseWrongPlatform,
                name,
                string.Join(", ", manifests.Select(m => m.Platform).Distinct()),
                platform);
    }

    // The layers keep their bytes; Docker's name for them becomes OCI's, since one image never mixes the two.
    private static BaseImage Describe(
        string name, Digest digest, ImageManifest manifest, ImageConfig config, ImageLayout layout) => new()
        {
            Name = name,
            Digest = digest,
            LayoutFolder = layout.Folder,
            Config = config,
            Layers =
        [
            .. manifest.Layers.Select(l => new Descriptor
            {
                MediaType = l.MediaType == MediaTypes.DockerLayerGzip ? MediaTypes.LayerGzip : l.MediaType,
                Digest = l.Digest,
                Size = l.Size,
            }),
        ],
        };

    private static T Parse<T>(
        string name, ReadOnlyMemory<byte> content, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        using MemoryStream stream = new(content.ToArray());
        return Parse(name, stream, type);
    }

    private static T Parse<T>(
        string name, Stream content, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(content, type) ?? throw new JsonException("The document is null.");
        }
        catch (JsonException e)
        {
            throw new EdgeException(e, DiagnosticCodes.BaseUnreadable, name, e.Message);
        }
    }
}
