using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Registry.Credentials;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry.Authentication;

/// <summary>A bearer token, and until when it can be used.</summary>
internal sealed record BearerToken(AuthenticationHeaderValue Header, DateTimeOffset Expires);

/// <summary>What to ask a token service for.</summary>
internal sealed record TokenRequest(Uri Realm, string? Service, IReadOnlyList<TokenScope> Scopes, Credential? Credential);

/// <summary>Gets tokens from the service that a registry names (distribution, "Token Authentication" and "OAuth2").</summary>
/// <param name="endpoint">The registry.</param>
/// <param name="clock">The clock that tokens live by.</param>
/// <param name="network">Tells which addresses are private.</param>
internal sealed class TokenService(RegistryEndpoint endpoint, TimeProvider clock, PrivateNetwork network)
{
    private const int DefaultLifetime = 60;

    /// <summary>Credentials go over https, or stay on the machine or with the registry that needs no https itself.</summary>
    public static bool IsSafe(RegistryEndpoint endpoint, Uri realm) =>
        realm.Scheme == Uri.UriSchemeHttps
        || (realm.Scheme == Uri.UriSchemeHttp && endpoint.AllowsPlainHttp
            && (realm.IsLoopback || realm.Host == endpoint.Name.Host));

    public async Task<BearerToken> FetchAsync(
        TokenRequest ask, HttpRequestMessage cause, HttpMessageInvoker http, CancellationToken cancellationToken)
    {
        if (!IsSafe(endpoint, ask.Realm))
        {
            throw new EdgeException(DiagnosticCodes.UnsafeRealm, endpoint.Name, ask.Realm.GetLeftPart(UriPartial.Path));
        }

        // A registry out there has no business in here: it could have anything asked that only this machine gets to.
        if (ask.Realm.Host != endpoint.Name.Host.Trim('[', ']')
            && await network.HasAsync(ask.Realm.Host, cancellationToken)
            && !await network.HasAsync(endpoint.Name.Host, cancellationToken))
        {
            throw new EdgeException(DiagnosticCodes.PrivateRealm, endpoint.Name, ask.Realm.GetLeftPart(UriPartial.Path));
        }

        using HttpRequestMessage request = ask.Credential is { IsIdentityToken: true } ? Post(ask) : Get(ask);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        response.RequestMessage = request;
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await FailureAsync(response, cause, ask.Credential, cancellationToken);
        }

        try
        {
            return Read(await response.ReadStartAsync(cancellationToken));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Neither the answer nor the parser's message: both may hold the token.
            throw RegistryErrors.Unexpected(endpoint, request, HttpStatusCode.OK, "the answer holds no token");
        }
    }

    private static HttpRequestMessage Get(TokenRequest ask)
    {
        IEnumerable<string> query = ask.Scopes.Select(scope => $"scope={Uri.EscapeDataString(scope.ToString())}");
        query = ask.Service is null ? query : query.Prepend($"service={Uri.EscapeDataString(ask.Service)}");
        string separator = ask.Realm.Query.Length == 0 ? "?" : "&";
        var request = new HttpRequestMessage(HttpMethod.Get, ask.Realm.AbsoluteUri + separator + string.Join('&', query));
        request.Headers.Authorization = ask.Credential is null ? null : Basic(ask.Credential);
        return request;
    }

    private static HttpRequestMessage Post(TokenRequest ask) => new(HttpMethod.Post, ask.Realm)
    {
        Content = new FormUrlEncodedContent(
        [
            new("grant_type", "refresh_token"),
            new("client_id", "EdgeSlim"),
            new("service", ask.Service ?? ""),
            new("scope", string.Join(' ', ask.Scopes)),
            new("refresh_token", ask.Credential!.Secret),
        ]),
    };

    public static AuthenticationHeaderValue Basic(Credential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Username}:{credential.Secret}")));

    private BearerToken Read(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        string? token = Text("token") ?? Text("access_token");
        if (string.IsNullOrEmpty(token))
        {
            throw new FormatException();
        }

        int lifetime = root.TryGetProperty("expires_in", out JsonElement seconds) && seconds.TryGetInt32(out int value)
            ? value
            : DefaultLifetime;
        // Used a little shorter than it lives: a request takes its time to arrive, and clocks differ.
        return new BearerToken(
            new AuthenticationHeaderValue("Bearer", token), clock.GetUtcNow() + TimeSpan.FromSeconds(lifetime * 0.9));

        string? Text(string name) => root.TryGetProperty(name, out JsonElement element) ? element.GetString() : null;
    }

    private async Task<Exception> FailureAsync(
        HttpResponseMessage response, HttpRequestMessage cause, Credential? credential, CancellationToken cancellationToken)
    {
        ErrorBody body = await ErrorBody.ReadAsync(response, cancellationToken);
        string detail = string.Create(
            CultureInfo.InvariantCulture,
            $"its token service {response.RequestMessage!.RequestUri!.Host} answered {(int)response.StatusCode}: {body.Text}");
        EdgeException unexpected = RegistryErrors.Unexpected(endpoint, response.RequestMessage, response.StatusCode, body.Text);
        return response.StatusCode switch
        {
            HttpStatusCode.Forbidden when credential is not null => RegistryErrors.Forbidden(endpoint.Name, cause, detail),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest =>
                RegistryErrors.Unauthorized(endpoint.Name, detail, credential?.Origin),
            HttpStatusCode status when RegistryErrors.IsTransient(status) =>
                new TransientRegistryException(unexpected, response.RetryAfter(clock.GetUtcNow())),
            _ => unexpected,
        };
    }
}
