using System.Net;
using System.Net.Http.Headers;
using EdgeSlim.Registry.Credentials;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry.Authentication;

/// <summary>
/// Answers the registry's challenges. Credentials go to the registry and to the token service that it names, never to
/// where a redirect or an upload location leads beyond it.
/// </summary>
internal sealed class AuthenticationHandler : DelegatingHandler
{
    private readonly RegistryEndpoint _endpoint;
    private readonly AuthorizationCache _authorizations;

    public AuthenticationHandler(
        RegistryEndpoint endpoint, ICredentialSource credentials, RegistryOptions options, HttpMessageHandler inner)
        : base(inner)
    {
        _endpoint = endpoint;
        var http = new HttpMessageInvoker(inner, disposeHandler: false);
        var tokens = new TokenService(endpoint, options.Clock, new PrivateNetwork(options.Resolve));
        _authorizations = new AuthorizationCache(endpoint.Name, credentials, tokens, http, options.Clock);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!_endpoint.Owns(request.RequestUri!))
        {
            request.Headers.Authorization = null;
            return await base.SendAsync(request, cancellationToken);
        }

        Authorization? known = await _authorizations.KnownAsync(request, cancellationToken);
        HttpResponseMessage response = await SendAsync(request, known, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        // One second try and no more: a registry that refuses what its own token service gave would do so for ever.
        Authorization? renewed = await _authorizations.AnswerAsync(
            Challenges(response), request, known, cancellationToken);
        if (renewed?.Header is null || renewed.Header.Equals(known?.Header))
        {
            request.UsesCredentialFrom((renewed ?? known)?.CredentialOrigin);
            return response;
        }

        response.Dispose();
        return await SendAsync(request, renewed, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _authorizations.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, Authorization? authorization, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = authorization?.Header;
        request.UsesCredentialFrom(authorization?.CredentialOrigin);
        return await base.SendAsync(request, cancellationToken);
    }

    private static IReadOnlyList<Challenge> Challenges(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out HeaderStringValues values)
            ? ChallengeParser.Parse(values)
            : [];
}
