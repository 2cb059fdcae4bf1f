using System.Net;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry;

/// <summary>Sends one blob in one piece: POST opens an upload, PUT sends the bytes and closes it.</summary>
/// <param name="registry">The registry.</param>
/// <param name="newRequest">Makes a request that is about the repository.</param>
internal sealed class BlobUpload(RegistryClient registry, Func<HttpMethod, Uri, HttpRequestMessage> newRequest)
{
    public async Task RunAsync(string uploads, Descriptor blob, Func<Stream> open, CancellationToken cancellationToken)
    {
        Uri location = await OpenAsync(registry.At(uploads), cancellationToken);
        using HttpRequestMessage request = newRequest(HttpMethod.Put, Close(location, blob.Digest));
        request.Content = new BlobContent(open, blob.Size);
        using HttpResponseMessage response = await registry.SendAsync(
            request, cancellationToken, HttpStatusCode.Created, HttpStatusCode.NoContent);
    }

    /// <summary>The address that closes an upload; the registry's own query must stay, it holds the upload's state.</summary>
    public static Uri Close(Uri location, Digest digest)
    {
        string separator = location.Query.Length == 0 ? "?" : "&";
        return new Uri($"{location.GetLeftPart(UriPartial.Query)}{separator}digest={Uri.EscapeDataString(digest.ToString())}");
    }

    private async Task<Uri> OpenAsync(Uri uploads, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = newRequest(HttpMethod.Post, uploads);
        using HttpResponseMessage response = await registry.SendAsync(request, cancellationToken, HttpStatusCode.Accepted);
        return RegistryClient.Follow(response)
            ?? throw registry.Unexpected(response, "it does not say where the blob is to be sent");
    }
}
