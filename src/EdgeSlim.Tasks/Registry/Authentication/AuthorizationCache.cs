using System.Net.Http.Headers;
using EdgeSlim.Registry.Credentials;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry.Authentication;

/// <summary>What is sent to authenticate.</summary>
/// <param name="Header">The header; null where the registry is to be asked without.</param>
/// <param name="Expires">When it is of no use any more.</param>
/// <param name="Challenge">What it answers.</param>
/// <param name="CredentialOrigin">Where its credentials come from; null for an anonymous token.</param>
internal sealed record Authorization(
    AuthenticationHeaderValue? Header, DateTimeOffset Expires, Challenge Challenge, string? CredentialOrigin);

/// <summary>
/// Keeps what each scope is authorized with, so that later requests need not be refused first, and so that parallel
/// requests share one token.
/// </summary>
internal sealed class AuthorizationCache(
    RegistryName registry, ICredentialSource credentials, TokenService tokens, HttpMessageInvoker http, TimeProvider clock)
    : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<TokenKey, Authorization> _known = [];

    /// <summary>What to send without being asked; renewed where it has expired.</summary>
    public async Task<Authorization?> KnownAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var key = TokenKey.Of(request);
            Authorization? known = _known.GetValueOrDefault(key);
            // What was asked for the repository alone will be asked for a second one too.
            Authorization? basis = known ?? _known.GetValueOrDefault(key with { MountFrom = null });
            return basis is null || (basis == known && known.Expires > clock.GetUtcNow())
                ? known
                : await RenewAsync(basis.Challenge, request, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Answers a refusal; null where the challenges can not be answered.</summary>
    /// <param name="challenges">What the registry asks for.</param>
    /// <param name="request">The request that was refused.</param>
    /// <param name="refused">What was sent with it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Authorization?> AnswerAsync(
        IReadOnlyList<Challenge> challenges, HttpRequestMessage request, Authorization? refused, CancellationToken cancellationToken)
    {
        // Where both are offered the token is the one that does not carry the password along.
        Challenge? challenge = challenges.FirstOrDefault(c => c.Is("Bearer") && c["realm"] is not null)
            ?? challenges.FirstOrDefault(c => c.Is("Basic"));
        if (challenge is null)
        {
            return null;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Another request may have been faster.
            Authorization? known = _known.GetValueOrDefault(TokenKey.Of(request));
            return known is not null && known != refused ? known : await RenewAsync(challenge, request, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Authorization> RenewAsync(
        Challenge challenge, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Credential? credential = await credentials.FindAsync(
            new CredentialRequest(registry, request.Repository(), request.Access()), cancellationToken);
        Authorization renewed = challenge.Is("Basic")
            ? new Authorization(
                credential is null ? null : TokenService.Basic(credential), DateTimeOffset.MaxValue, challenge, credential?.Origin)
            : await FetchAsync(challenge, credential, request, cancellationToken);
        _known[TokenKey.Of(request)] = renewed;
        return renewed;
    }

    private async Task<Authorization> FetchAsync(
        Challenge challenge, Credential? credential, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        TokenScope own = TokenScope.For(registry.ApiRepository(request.Repository()), request.Access());
        // The registry may want more than the request needs, but it does not know what will be asked next.
        IEnumerable<TokenScope> further = (challenge["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(TokenScope.Parse)
            .OfType<TokenScope>()
            .Where(scope => !own.Covers(scope));
        further = request.MountsFrom() is string from
            ? further.Append(TokenScope.For(registry.ApiRepository(from), RegistryAccess.Pull)).DistinctBy(scope => scope.ToString())
            : further;
        if (!Uri.TryCreate(challenge["realm"], UriKind.Absolute, out Uri? realm))
        {
            throw new Diagnostics.EdgeException(Diagnostics.DiagnosticCodes.UnsafeRealm, registry, challenge["realm"]);
        }

        BearerToken token = await tokens.FetchAsync(
            new TokenRequest(realm, challenge["service"], [own, .. further], credential), request, http, cancellationToken);
        return new Authorization(token.Header, token.Expires, challenge, credential?.Origin);
    }

    private readonly record struct TokenKey(string Repository, RegistryAccess Access, string? MountFrom)
    {
        public static TokenKey Of(HttpRequestMessage request) => new(request.Repository(), request.Access(), request.MountsFrom());
    }
}
