using System.Net;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Authentication;
using EdgeSlim.Registry.Credentials;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry;

/// <summary>
/// One registry, spoken to by the OCI distribution specification 1.1. Connections, tokens and what was learned about the
/// registry are shared by all its repositories; safe to use from several threads at once.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private readonly RegistryEndpoint _endpoint;
    private readonly OutboundHandler _outbound;
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;
    private volatile bool _isReached;

    /// <summary>Prepares to talk to a registry; nothing is sent yet.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="credentials">Where credentials are found, once the registry asks for them.</param>
    /// <param name="options">How to talk to it.</param>
    public RegistryClient(RegistryName registry, ICredentialSource credentials, RegistryOptions? options = null)
        : this(registry, credentials, options ?? new RegistryOptions(), null)
    {
    }

    internal RegistryClient(
        RegistryName registry, ICredentialSource credentials, RegistryOptions options, HttpMessageHandler? wire)
    {
        Registry = registry;
        _clock = options.Clock;
        _endpoint = new RegistryEndpoint(registry, options.InsecureRegistries);
        Options = options;
        Retry = new RetryPolicy(options, () => _isReached);
        Chunks = new ChunkSize(options.ChunkSize);
        _outbound = new OutboundHandler(wire ?? Wire.Create(_endpoint, options.Authorities));
        var watched = new InactivityHandler(new InactivityLimit(registry, options.Timeout, _clock), _outbound);
        var authenticated = new AuthenticationHandler(
            _endpoint, credentials, options, new SchemeHandler(_endpoint, watched));
        _http = new HttpMessageInvoker(new RedirectHandler(authenticated));
    }

    /// <summary>The registry.</summary>
    public RegistryName Registry { get; }

    /// <summary>How many HTTP requests were sent so far.</summary>
    public int Requests => _outbound.Count;

    /// <summary>Whether neither TLS nor a trusted certificate is demanded.</summary>
    public bool AllowsPlainHttp => _endpoint.AllowsPlainHttp;

    internal RegistryOptions Options { get; }

    internal RetryPolicy Retry { get; }

    internal ChunkSize Chunks { get; }

    /// <summary>The blobs that are on their way, by repository and digest.</summary>
    internal InFlight<(string Repository, Digest Digest), BlobOutcome> Uploads { get; } = new();

    /// <summary>One of the registry's repositories.</summary>
    /// <param name="name">Its name, without the registry and without a tag.</param>
    /// <param name="access">What is to be done with it; decides which credentials and which token are used.</param>
    /// <returns>The repository.</returns>
    public RepositoryClient Repository(string name, RegistryAccess access) => new(this, name, access);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    internal Uri At(string path) => _endpoint.At(path);

    internal static Uri? Follow(HttpResponseMessage response) =>
        RegistryEndpoint.Follow(response.RequestMessage!.RequestUri!, response.LocationText());

    /// <summary>Sends one request, once.</summary>
    /// <exception cref="TransientRegistryException">It failed in a way that may be gone at the next try.</exception>
    /// <exception cref="EdgeException">It failed for good.</exception>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken, params HttpStatusCode[] expected)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw RegistryErrors.FromConnection(Registry, e);
        }

        _isReached = true;
        if (expected.Contains(response.StatusCode))
        {
            return response;
        }

        using (response)
        {
            throw await RegistryErrors.FromResponseAsync(_endpoint, response, _clock.GetUtcNow(), cancellationToken);
        }
    }

    /// <summary>Reads an answer's body; a connection that is lost meanwhile may be better at the next try.</summary>
    internal async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw RegistryErrors.FromConnection(Registry, e);
        }
    }

    /// <summary>What to say of an answer that was expected only so far as that something else can be tried.</summary>
    internal async Task<EdgeException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await RegistryErrors.FromResponseAsync(_endpoint, response, _clock.GetUtcNow(), cancellationToken) switch
        {
            EdgeException failure => failure,
            TransientRegistryException transient => transient.Failure,
            Exception other => throw other,
        };

    /// <summary>An answer that has the right status but not what must come with it.</summary>
    internal EdgeException Unexpected(HttpResponseMessage response, string detail) =>
        RegistryErrors.Unexpected(_endpoint, response.RequestMessage!, response.StatusCode, detail);
}
