using System.Net;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry;

/// <summary>The requests that an upload is made of (distribution-spec 1.1, "Pushing blobs"); each is sent once.</summary>
/// <param name="registry">The registry.</param>
/// <param name="path">The repository's path in the API.</param>
/// <param name="newRequest">Makes a request that is about the repository.</param>
internal sealed class UploadRequests(RegistryClient registry, string path, Func<HttpMethod, Uri, HttpRequestMessage> newRequest)
{
    // What registries answer that do not know chunks, or that do not know the upload any more.
    private static readonly HttpStatusCode[] ChunkRefusals =
    [
        HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.Gone,
        HttpStatusCode.LengthRequired, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType,
        HttpStatusCode.RequestedRangeNotSatisfiable, HttpStatusCode.NotImplemented,
    ];

    public async Task<bool> HasAsync(Digest digest, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = newRequest(HttpMethod.Head, registry.At($"{path}/blobs/{digest}"));
        using HttpResponseMessage response = await registry.SendAsync(
            request, cancellationToken, HttpStatusCode.OK, HttpStatusCode.NotFound);
        return response.StatusCode == HttpStatusCode.OK;
    }

    public async Task<UploadSession> OpenAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = newRequest(HttpMethod.Post, registry.At($"{path}/blobs/uploads/"));
        using HttpResponseMessage response = await registry.SendAsync(request, cancellationToken, HttpStatusCode.Accepted);
        return Opened(response);
    }

    /// <summary>Asks for a blob of another repository; where the registry does not give it, it may open an upload instead.</summary>
    public async Task<(bool IsMounted, UploadSession? Opened)> MountAsync(
        Digest digest, string from, CancellationToken cancellationToken)
    {
        Uri address = registry.At($"{path}/blobs/uploads/?mount={Uri.EscapeDataString(digest.ToString())}&from={Uri.EscapeDataString(from)}");
        using HttpRequestMessage request = newRequest(HttpMethod.Post, address);
        request.MountFrom(from);
        try
        {
            using HttpResponseMessage response = await registry.SendAsync(
                request, cancellationToken, HttpStatusCode.Created, HttpStatusCode.Accepted);
            return response.StatusCode == HttpStatusCode.Created ? (true, null) : (false, Opened(response));
        }
        catch (EdgeException)
        {
            // Registries object to it in many ways, and none of them says anything about the upload itself.
            return (false, null);
        }
    }

    /// <summary>Asks how far an upload got; null where it is gone.</summary>
    public async Task<UploadSession?> AskAsync(UploadSession session, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = newRequest(HttpMethod.Get, session.Location);
        using HttpResponseMessage response = await registry.SendAsync(
            request, cancellationToken, [HttpStatusCode.NoContent, HttpStatusCode.OK, .. ChunkRefusals]);
        return response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.OK && response.UploadedBytes() is long offset
            ? new UploadSession(RegistryClient.Follow(response) ?? session.Location, offset, session.SmallestChunk)
            : null;
    }

    public async Task<ChunkAnswer> SendChunkAsync(
        UploadSession session, BlobSource source, long count, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = newRequest(HttpMethod.Patch, session.Location);
        request.Content = new BlobContent(source, session.Offset, count);
        // As the specification has it: without a unit, and with the last byte counted.
        request.Content.Headers.TryAddWithoutValidation("Content-Range", $"{session.Offset}-{session.Offset + count - 1}");
        request.Headers.ConnectionClose = registry.Chunks.WantsFreshConnections ? true : null;
        using HttpResponseMessage response = await registry.SendAsync(
            request, cancellationToken, [HttpStatusCode.Accepted, HttpStatusCode.NoContent, HttpStatusCode.Created, .. ChunkRefusals]);
        if (ChunkRefusals.Contains(response.StatusCode))
        {
            return new ChunkAnswer(response.StatusCode, null, await registry.FailureAsync(response, cancellationToken));
        }

        long offset = response.UploadedBytes() ?? (session.Offset + count);
        return new ChunkAnswer(
            response.StatusCode,
            new UploadSession(RegistryClient.Follow(response) ?? session.Location, offset, session.SmallestChunk),
            registry.Unexpected(response, $"it has {offset} bytes of the blob, where it had {session.Offset} before"));
    }

    /// <summary>Closes an upload, with all the bytes where none were sent yet.</summary>
    public async Task CloseAsync(UploadSession session, BlobSource source, CancellationToken cancellationToken)
    {
        bool isWhole = session.Offset == 0;
        using HttpRequestMessage request = newRequest(HttpMethod.Put, CloseAddress(session.Location, source.Blob.Digest));
        request.Content = new BlobContent(source, session.Offset, source.Blob.Size - session.Offset);
        request.Headers.ConnectionClose = isWhole && registry.Chunks.WantsFreshConnections ? true : null;
        HttpStatusCode[] refusals = isWhole
            ? []
            : [HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.RequestedRangeNotSatisfiable];
        using HttpResponseMessage response = await registry.SendAsync(
            request, cancellationToken, [HttpStatusCode.Created, HttpStatusCode.NoContent, .. refusals]);
        if (refusals.Contains(response.StatusCode))
        {
            // What was put together of several pieces may be put together anew.
            throw new TransientRegistryException(await registry.FailureAsync(response, cancellationToken))
            {
                Cost = TransientRegistryException.HighCost,
            };
        }
    }

    /// <summary>The address that closes an upload; the registry's own query must stay, it holds the upload's state.</summary>
    public static Uri CloseAddress(Uri location, Digest digest)
    {
        string separator = location.Query.Length == 0 ? "?" : "&";
        return new Uri($"{location.GetLeftPart(UriPartial.Query)}{separator}digest={Uri.EscapeDataString(digest.ToString())}");
    }

    private UploadSession Opened(HttpResponseMessage response) => new(
        RegistryClient.Follow(response) ?? throw registry.Unexpected(response, "it does not say where the blob is to be sent"),
        0,
        response.SmallestChunk());
}
