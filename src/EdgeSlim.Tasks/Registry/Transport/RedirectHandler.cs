using System.Net;
using System.Net.Http.Headers;

namespace EdgeSlim.Registry.Transport;

/// <summary>
/// Follows redirects, as registries do to the storage that holds their blobs. Each hop is a new request, which starts
/// without the credentials of the one before; a hop from https to http is not followed.
/// </summary>
internal sealed class RedirectHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MaximumHops = 10;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpRequestMessage current = request;
        for (int hop = 0; ; hop++)
        {
            HttpResponseMessage response = await base.SendAsync(current, cancellationToken);
            Uri? target = hop < MaximumHops && KeepsMethod(response.StatusCode, current.Method)
                ? RegistryEndpoint.Follow(current.RequestUri!, response.LocationText())
                : null;
            if (target is null)
            {
                return response;
            }

            response.Dispose();
            current = Copy(current, target);
        }
    }

    private static bool KeepsMethod(HttpStatusCode status, HttpMethod method) => status switch
    {
        HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => true,
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther =>
            method == HttpMethod.Get || method == HttpMethod.Head,
        _ => false,
    };

    private static HttpRequestMessage Copy(HttpRequestMessage request, Uri target)
    {
        var copy = new HttpRequestMessage(request.Method, target) { Content = request.Content };
        // Whatever else there is stays, but never the credentials.
        foreach ((string name, HeaderStringValues values) in request.Headers.NonValidated)
        {
            if (!name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                copy.Headers.TryAddWithoutValidation(name, values);
            }
        }

        foreach ((string key, object? value) in request.Options)
        {
            ((IDictionary<string, object?>)copy.Options)[key] = value;
        }

        return copy;
    }
}
