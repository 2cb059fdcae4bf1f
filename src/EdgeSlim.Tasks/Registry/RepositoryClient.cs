using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
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

    private const int MostPages = 100;

    private static readonly HttpStatusCode[] Outdated = [HttpStatusCode.PreconditionFailed, HttpStatusCode.Conflict];

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
            return new RegistryManifest(descriptor, content) { Version = response.First("ETag") };
        },
        cancellationToken);

    /// <summary>Puts a manifest under a tag or its digest. All that it names must be there already.</summary>
    /// <param name="reference">The tag or the digest.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="condition">Under which condition; null for none.</param>
    /// <returns>What the registry said.</returns>
    public Task<ManifestAnswer> PutManifestAsync(
        string reference, RegistryManifest manifest, CancellationToken cancellationToken, WriteCondition? condition = null) =>
        _registry.Retry.RunAsync(
            async ct =>
            {
                using HttpRequestMessage request = ManifestRequest(HttpMethod.Put, reference);
                request.Content = new ReadOnlyMemoryContent(manifest.Content)
                {
                    Headers = { ContentType = new MediaTypeHeaderValue(manifest.Descriptor.MediaType) },
                };
                if (condition?.Version is string version)
                {
                    request.Headers.TryAddWithoutValidation(condition == WriteCondition.IsNew ? "If-None-Match" : "If-Match", version);
                }

                using HttpResponseMessage response = await _registry.SendAsync(
                    request, ct, [HttpStatusCode.Created, HttpStatusCode.OK, .. condition is null ? [] : Outdated]);
                return response.ContentDigest() is Digest stored && stored != manifest.Descriptor.Digest
                    ? throw _registry.Unexpected(response, $"it stored {stored} where {manifest.Descriptor.Digest} was sent")
                    : new ManifestAnswer(response.First("OCI-Subject") is not null, Outdated.Contains(response.StatusCode));
            },
            cancellationToken);

    /// <summary>Asks the registry what refers to a manifest.</summary>
    /// <param name="subject">The manifest.</param>
    /// <param name="artifactType">Only what is of this type, if the registry can filter; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What refers to it; null where the registry does not keep that.</returns>
    public async Task<IReadOnlyList<Descriptor>?> FindReferrersAsync(
        Digest subject, string? artifactType, CancellationToken cancellationToken)
    {
        string filter = artifactType is null ? "" : $"?artifactType={Uri.EscapeDataString(artifactType)}";
        Uri? page = _registry.At($"{_path}/referrers/{subject}{filter}");
        List<Descriptor> found = [];
        for (int i = 0; page is not null && i < MostPages; i++)
        {
            (ImageIndex? index, Uri? next) = await _registry.Retry.RunAsync(ct => ReferrersPageAsync(page, ct), cancellationToken);
            if (index is null)
            {
                return null;
            }

            found.AddRange(index.Manifests);
            page = next;
        }

        return found;
    }

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

    private async Task<(ImageIndex? Index, Uri? Next)> ReferrersPageAsync(Uri page, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, page);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.ImageIndex));
        using HttpResponseMessage response = await _registry.SendAsync(
            request, cancellationToken, HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.BadRequest,
            HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotImplemented);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return (null, null);
        }

        try
        {
            byte[] content = await ReadManifestAsync(response, cancellationToken);
            return (JsonSerializer.Deserialize(content, OciJson.Documents.ImageIndex), response.NextPage(page));
        }
        catch (JsonException)
        {
            // A web page, say: registries that do not know the address answer anything.
            return (null, null);
        }
    }

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
