using System.Net;
using System.Text;

namespace EdgeSlim.Registry.Transport;

/// <summary>
/// Finds out on the first contact whether a registry that need not use TLS does so, and remembers it.
/// </summary>
internal sealed class SchemeHandler(RegistryEndpoint endpoint, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private volatile string? _decided = endpoint.Schemes.Count == 1 ? endpoint.Schemes[0] : null;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is null || !endpoint.Owns(request.RequestUri))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (_decided is string decided)
        {
            Rewrite(request, decided);
            return await base.SendAsync(request, cancellationToken);
        }

        HttpResponseMessage? refusal = null;
        HttpRequestException? failure = null;
        try
        {
            Rewrite(request, endpoint.Schemes[0]);
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (!await WantsTlsAsync(response, cancellationToken))
            {
                _decided = request.RequestUri.Scheme;
                return response;
            }

            refusal = response;
        }
        catch (HttpRequestException e) when (SpeaksAnotherScheme(e, request.RequestUri.Scheme))
        {
            failure = e;
        }

        try
        {
            Rewrite(request, endpoint.Schemes[1]);
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            _decided = request.RequestUri.Scheme;
            refusal?.Dispose();
            return response;
        }
        catch (HttpRequestException)
        {
            // The first attempt says more about what is wrong than the one that was only a guess.
            return refusal ?? throw failure!;
        }
    }

    private static void Rewrite(HttpRequestMessage request, string scheme)
    {
        Uri uri = request.RequestUri!;
        if (uri.Scheme != scheme)
        {
            request.RequestUri = new UriBuilder(uri) { Scheme = scheme, Port = uri.IsDefaultPort ? -1 : uri.Port }.Uri;
        }
    }

    private static bool SpeaksAnotherScheme(HttpRequestException e, string scheme) => scheme == Uri.UriSchemeHttp
        // A TLS server that gets plain text hangs up, or answers with a TLS alert.
        ? e.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse
            || e.InnerException is IOException
        : e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError;

    /// <summary>Go's and nginx's servers say what is wrong.</summary>
    private static async Task<bool> WantsTlsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.BadRequest || response.RequestMessage?.RequestUri?.Scheme == Uri.UriSchemeHttps)
        {
            return false;
        }

        byte[] start = await response.ReadStartAsync(cancellationToken);
        // Where the answer means something else, it is read once more.
        response.Content = new ByteArrayContent(start);
        string body = Encoding.UTF8.GetString(start);
        return body.Contains("HTTP request to an HTTPS server", StringComparison.OrdinalIgnoreCase)
            || body.Contains("sent to HTTPS port", StringComparison.OrdinalIgnoreCase);
    }
}
