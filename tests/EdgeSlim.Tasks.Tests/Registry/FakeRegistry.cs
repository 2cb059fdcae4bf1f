using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Registry;

/// <summary>One request as it went over the wire.</summary>
internal sealed record SentRequest(HttpMethod Method, Uri Uri, AuthenticationHeaderValue? Authorization, string Body)
{
    public override string ToString() => $"{Method} {Uri.AbsolutePath}";
}

/// <summary>A registry in memory, which does what it should unless a test steps in.</summary>
internal sealed class FakeRegistry : HttpMessageHandler
{
    private readonly ConcurrentQueue<SentRequest> _sent = new();
    private readonly ConcurrentDictionary<string, byte[]> _sessions = new();
    private int _uploads;

    /// <summary>What answers instead of the registry; null lets the registry answer.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>> Fault { get; set; } =
        (_, _) => Task.FromResult<HttpResponseMessage?>(null);

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    public ConcurrentDictionary<string, byte[]> Manifests { get; } = new();

    /// <summary>What has arrived of uploads that are not closed.</summary>
    public ConcurrentDictionary<string, byte[]> Sessions => _sessions;

    public IReadOnlyList<SentRequest> Sent => [.. _sent];

    public IReadOnlyList<string> Lines => [.. _sent.Select(r => r.ToString())];

    /// <summary>Answers the requests that the condition holds for.</summary>
    public void When(Func<HttpRequestMessage, bool> condition, Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        var before = Fault;
        Fault = (request, ct) => condition(request) ? Task.FromResult<HttpResponseMessage?>(answer(request)) : before(request, ct);
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string body = "", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        foreach ((string name, string value) in headers)
        {
            Assert.IsTrue(response.Headers.TryAddWithoutValidation(name, value));
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Read as the network would: the content is streamed.
        using var body = new MemoryStream();
        if (request.Content is not null)
        {
            await request.Content.CopyToAsync(body, cancellationToken);
        }

        _sent.Enqueue(new SentRequest(
            request.Method, request.RequestUri!, request.Headers.Authorization, System.Text.Encoding.UTF8.GetString(body.ToArray())));
        HttpResponseMessage response = await Fault(request, cancellationToken) ?? Serve(request, body.ToArray());
        response.RequestMessage = request;
        return response;
    }

    private HttpResponseMessage Serve(HttpRequestMessage request, byte[] body)
    {
        string path = request.RequestUri!.AbsolutePath;
        string name = path[(path.LastIndexOf('/') + 1)..];
        bool manifest = path.Contains("/manifests/", StringComparison.Ordinal);
        switch (request.Method.Method)
        {
            case "GET" when path.Contains("/uploads/", StringComparison.Ordinal):
                return _sessions.TryGetValue(name, out byte[]? arrived)
                    ? Answer(HttpStatusCode.NoContent, "", Progress(path, arrived))
                    : Answer(HttpStatusCode.NotFound);
            case "PATCH":
                return Append(request, path, body);
            case "HEAD" or "GET":
                return (manifest ? Manifests : Blobs).TryGetValue(name, out byte[]? content)
                    ? Found(content, manifest)
                    : Answer(HttpStatusCode.NotFound);
            case "POST":
                string location = $"/v2/uploads/{Interlocked.Increment(ref _uploads)}?_state=a%2Bb";
                _sessions[$"{_uploads}"] = [];
                return Answer(HttpStatusCode.Accepted, "", ("Location", location));
            case "PUT" when manifest:
                Manifests[name] = body;
                Manifests[Digest.Of(body).ToString()] = body;
                return Answer(HttpStatusCode.Created);
            case "PUT":
                string wanted = System.Web.HttpUtility.ParseQueryString(request.RequestUri.Query)["digest"]!;
                body = [.. _sessions.TryRemove(name, out byte[]? before) ? before : [], .. body];
                bool right = Digest.Of(body).ToString() == wanted && request.RequestUri.Query.Contains("_state=a%2Bb", StringComparison.Ordinal);
                Blobs[wanted] = body;
                return Answer(right ? HttpStatusCode.Created : HttpStatusCode.BadRequest);
            default:
                return Answer(HttpStatusCode.MethodNotAllowed);
        }
    }

    private HttpResponseMessage Append(HttpRequestMessage request, string path, byte[] body)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        if (!_sessions.TryGetValue(name, out byte[]? before))
        {
            return Answer(HttpStatusCode.NotFound);
        }

        string range = request.Content!.Headers.NonValidated["Content-Range"].ToString();
        if (range != $"{before.Length}-{before.Length + body.Length - 1}")
        {
            return Answer(HttpStatusCode.RequestedRangeNotSatisfiable, "", Progress(path, before));
        }

        _sessions[name] = [.. before, .. body];
        return Answer(HttpStatusCode.Accepted, "", Progress(path, _sessions[name]));
    }

    private static (string Name, string Value)[] Progress(string path, byte[] arrived) =>
        [("Location", $"{path}?_state=a%2Bb"), ("Range", $"0-{Math.Max(0, arrived.Length - 1)}")];

    private static HttpResponseMessage Found(byte[] content, bool manifest)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };
        bool isIndex = manifest && content.AsSpan().IndexOf("\"manifests\""u8) >= 0;
        response.Content.Headers.ContentType =
            new(isIndex ? MediaTypes.ImageIndex : manifest ? MediaTypes.ImageManifest : "application/octet-stream");
        response.Headers.TryAddWithoutValidation("Docker-Content-Digest", Digest.Of(content).ToString());
        return response;
    }
}
