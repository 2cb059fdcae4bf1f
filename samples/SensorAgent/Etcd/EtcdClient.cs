using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SensorAgent.Etcd;

/// <summary>All settings, as they were at one revision.</summary>
internal sealed record EtcdSnapshot(long Revision, IDictionary<string, string?> Values);

/// <summary>Asks etcd v3 by its JSON gateway, for the keys that begin alike.</summary>
internal sealed class EtcdClient(Uri endpoint, string prefix) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = endpoint, Timeout = Timeout.InfiniteTimeSpan };
    private readonly byte[] _key = Encoding.UTF8.GetBytes(prefix);

    public Uri Endpoint => endpoint;

    /// <summary>Reads all keys.</summary>
    /// <exception cref="HttpRequestException">etcd does not answer, or refuses.</exception>
    public async Task<EtcdSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await PostAsync(
            "v3/kv/range", new RangeRequest(_key, End), EtcdJson.Default.RangeRequest, cancellationToken);
        RangeResponse read = await response.Content.ReadFromJsonAsync(EtcdJson.Default.RangeResponse, cancellationToken)
            ?? throw new JsonException("The answer is null.");
        Dictionary<string, string?> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyAndValue pair in read.Kvs ?? [])
        {
            string name = Encoding.UTF8.GetString(pair.Key)[prefix.Length..].Replace('/', ':');
            values[name] = Encoding.UTF8.GetString(pair.Value ?? []);
        }

        return new EtcdSnapshot(read.Header.Revision, values);
    }

    /// <summary>Waits until a key changes, or until nothing was heard for a while.</summary>
    /// <param name="revision">The first revision that counts.</param>
    /// <param name="silence">For how long nothing may be heard.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HttpRequestException">etcd does not answer, or refuses.</exception>
    public async Task ChangeAsync(long revision, TimeSpan silence, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(silence);
        try
        {
            using HttpResponseMessage response = await PostAsync(
                "v3/watch", new WatchRequest(new WatchCreate(_key, End, revision)), EtcdJson.Default.WatchRequest, patience.Token);
            using StreamReader lines = new(await response.Content.ReadAsStreamAsync(patience.Token));

            // The first line says that the watch was made. One that etcd ends, for history that is no more, is a reason to look too.
            while (await lines.ReadLineAsync(patience.Token) is { } line)
            {
                if (JsonSerializer.Deserialize(line, EtcdJson.Default.WatchResponse)?.Result is { Created: false } or null)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Silence.
        }
    }

    public void Dispose() => _http.Dispose();

    // The key after all that begin with the prefix: the API's way to ask for them.
    private byte[] End => [.. _key[..^1], (byte)(_key[^1] + 1)];

    private async Task<HttpResponseMessage> PostAsync<T>(
        string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(body, type) };
        HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.EnsureSuccessStatusCode();
    }
}

internal sealed record RangeRequest(byte[] Key, byte[] RangeEnd);

internal sealed record RangeResponse(EtcdHeader Header, KeyAndValue[]? Kvs);

internal sealed record EtcdHeader(long Revision);

internal sealed record KeyAndValue(byte[] Key, byte[]? Value);

internal sealed record WatchRequest(WatchCreate CreateRequest);

internal sealed record WatchCreate(byte[] Key, byte[] RangeEnd, long StartRevision);

internal sealed record WatchResponse(WatchResult? Result);

internal sealed record WatchResult(bool Created, bool Canceled);

// The gateway has numbers as texts, and bytes in base64.
[JsonSerializable(typeof(RangeRequest))]
[JsonSerializable(typeof(RangeResponse))]
[JsonSerializable(typeof(WatchRequest))]
[JsonSerializable(typeof(WatchResponse))]
[JsonSerializable(typeof(Dictionary<string, string?>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
internal sealed partial class EtcdJson : JsonSerializerContext;
