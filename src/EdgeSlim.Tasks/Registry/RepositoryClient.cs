using System.Net;
using System.Net.Http.Headers;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry;

/// <summary>The manifests and blobs of one repository (distribution-spec 1.1).</summary>
public sealed class RepositoryClient
{
    // The specification asks registries to take manifests up to this size.
    private const int LargestManifest = 4 * 1024 * 1024;

    private static readonly string[] ManifestTypes =
        [MediaTypes.ImageManifest, MediaTypes.ImageIndex, MediaTypes.DockerManifest, MediaTypes.DockerManifestList];

    private readonly RegistryClient _registry;
    private readonly string _path;

    internal RepositoryClient(RegistryClient registry, string name, RegistryAccess access)
    {
        _registry = registry;
        Name = name;
        Access = access;
        ApiName = registry.Registry.ApiRepository(name);
        _path = string.Join('/', ApiName.Split('/').Select(Uri.EscapeDataString));
    }

    /// <summary>The repository, without the registry.</summary>
    public string Name { get; }

    /// <summary>The repository as the API knows it.</summary>
    public string ApiName { get; }

    /// <summary>The registry that holds it.</summary>
    public RegistryName Registry => _registry.Registry;

    /// <summary>What is to be done with it.</summary>
    public RegistryAccess Access { get; }

    /// <summary>How many HTTP requests the registry's client sent so far, for all repositories.</summary>
    public int Requests => _registry.Requests;

    internal RegistryOptions Options => _registry.Options;

    /// <summary>Asks what a tag points to, or whether a manifest is there, without getting it.</summary>
    /// <param name="reference">A tag or a digest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The manifest's digest; null where there is no such manifest.</returns>
    public async Task<Digest?> FindManifestAsync(string reference, CancellationToken cancellationToken)
    {
        Digest? digest = null;
        bool found = await _registry.Retry.RunAsync(
            async ct =>
            {
                using HttpRequestMessage request = ManifestRequest(HttpMethod.Head, reference);
                using HttpResponseMessage response = await _registry.SendAsync(request, ct, HttpStatusCode.OK, HttpStatusCode.NotFound);
                digest = response.ContentDigest();
                return response.StatusCode == HttpStatusCode.OK;
            },
            cancellationToken);

        // The header is only a recommendation; without it the bytes tell.
        return !found ? null : digest ?? (await GetManifestAsync(reference, cancellationToken))?.Descriptor.Digest;
    }

    /// <summary>Gets a manifest.</summary>
    /// <param name="reference">A tag or a digest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The manifest; null where there is none.</returns>
    /// <exception cref="EdgeException">Among other things: the bytes do not have the digest that was asked for.</exception>
    public Task<RegistryManifest?> GetManifestAsync(string reference, CancellationToken cancellationToken) => _registry.Retry.RunAsync(
        async ct =>
        {
            using HttpRequestMessage request = ManifestRequest(HttpMethod.Get, reference);
            using HttpResponseMessage response = await _registry.SendAsync(request, ct, HttpStatusCode.OK, HttpStatusCode.NotFound);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            byte[] content = await ReadManifestAsync(response, ct);
            var seen = Digest.Of(content);
            Digest? wanted = Digest.TryParse(reference, out Digest named) ? named : response.ContentDigest();
            if (wanted is Digest expected && expected != seen)
            {
                throw new TransientRegistryException(new EdgeException(DiagnosticCodes.DigestMismatch, Registry, seen, expected))
                {
                    Cost = TransientRegistryException.HighCost,
                };
            }

            string mediaType = response.Content.Headers.ContentType?.MediaType ?? MediaTypes.ImageManifest;
            var descriptor = new Descriptor { MediaType = mediaType, Digest = seen, Size = content.Length };
            return new RegistryManifest(descriptor, content);
        },
        cancellationToken);

    /// <summary>Puts a manifest under a tag or its digest. All that it names must be there already.</summary>
    /// <param name="reference">The tag or the digest.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task PutManifestAsync(string reference, RegistryManifest manifest, CancellationToken cancellationToken) => _registry.Retry.RunAsync(
        async ct =>
        {
            using HttpRequestMessage request = ManifestRequest(HttpMethod.Put, reference);
            request.Content = new ReadOnlyMemoryContent(manifest.Content)
            {
                Headers = { ContentType = new MediaTypeHeaderValue(manifest.Descriptor.MediaType) },
            };
            using HttpResponseMessage response = await _registry.SendAsync(request, ct, HttpStatusCode.Created, HttpStatusCode.OK);
            return response.ContentDigest() is Digest stored && stored != manifest.Descriptor.Digest
                ? throw _registry.Unexpected(response, $"it stored {stored} where {manifest.Descriptor.Digest} was sent")
                : true;
        },
        cancellationToken);

    /// <summary>Asks whether a blob is there.</summary>
    /// <param name="digest">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it is.</returns>
    public Task<bool> HasBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        _registry.Retry.RunAsync(
        ct => new UploadRequests(_registry, _path, Request).HasAsync(digest, ct), cancellationToken);

    /// <summary>Sees to it that the registry has a blob, and sends no byte that need not be sent.</summary>
    /// <param name="source">The blob.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How the registry came to have it.</returns>
    public Task<BlobOutcome> EnsureBlobAsync(BlobSource source, CancellationToken cancellationToken) => _registry.Uploads.RunAsync(
        (_path, source.Blob.Digest),
        () => new BlobUpload(_registry, new UploadRequests(_registry, _path, Request), source).RunAsync(cancellationToken),
        BlobOutcome.Present,
        cancellationToken);

    /// <summary>Gets a blob into a file, which appears only when all its bytes are there and have the right digest.</summary>
    /// <param name="blob">Which.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task GetBlobAsync(Descriptor blob, string path, CancellationToken cancellationToken) =>
        new BlobDownload(_registry, blob, () => Request(HttpMethod.Get, _registry.At($"{_path}/blobs/{blob.Digest}")))
            .RunAsync(path, cancellationToken);

    private HttpRequestMessage ManifestRequest(HttpMethod method, string reference)
    {
        HttpRequestMessage request = Request(method, _registry.At($"{_path}/manifests/{reference}"));
        foreach (string type in method == HttpMethod.Put ? [] : ManifestTypes)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        return request;
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.IsAbout(Name, Access);
        return request;
    }

    private async Task<byte[]> ReadManifestAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var content = new MemoryStream();
        byte[] buffer = new byte[32 * 1024];
        int count;
        while ((count = await _registry.ReadAsync(body, buffer, cancellationToken)) > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > LargestManifest)
            {
                throw _registry.Unexpected(response, $"the manifest is larger than {LargestManifest} bytes");
            }
        }

        return content.ToArray();
    }
}
