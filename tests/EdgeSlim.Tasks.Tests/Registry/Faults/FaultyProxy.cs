using System.Net;
using System.Net.Sockets;

namespace EdgeSlim.Tests.Registry.Faults;

/// <summary>
/// Stands between a client and a real registry, and lets go wrong what a test wants: a proxy of HTTP/1.1 that passes on
/// heads as they are and bodies as they come.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly IPEndPoint _registry;
    private readonly Task _accepting;
    private long _bodyBytes;
    private int _requests;

    /// <summary>Starts it on a free port.</summary>
    /// <param name="registry">Where the registry is.</param>
    public FaultyProxy(string registry)
    {
        _registry = IPEndPoint.Parse(registry);
        _listener.Start();
        Address = _listener.LocalEndpoint.ToString()!;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>What goes wrong with a request; null for nothing.</summary>
    public Func<HttpHead, Fault?> Decide { get; set; } = _ => null;

    /// <summary>Looks at a manifest before the registry gets it.</summary>
    public Func<byte[], Task> OnManifest { get; set; } = _ => Task.CompletedTask;

    /// <summary>The line that bodies of requests go over.</summary>
    public SlowLine? Line { get; set; }

    /// <summary>Passes a request on when it is whole, as most proxies do by default: the registry sees none that was cut.</summary>
    public bool Buffers { get; set; }

    /// <summary>How many bytes of bodies of requests came through, of requests that were cut too.</summary>
    public long BodyBytes => Interlocked.Read(ref _bodyBytes);

    public int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            using TcpClient registry = new();
            try
            {
                await registry.ConnectAsync(_registry, _end.Token);
                long carried = 0;
                while (await HttpHead.ReadAsync(client.GetStream(), _end.Token) is HttpHead request)
                {
                    Interlocked.Increment(ref _requests);
                    var exchange = new Exchange(this, request, client.GetStream(), registry.GetStream(), carried);
                    if (!await exchange.RunAsync(_end.Token) || request.IsLast)
                    {
                        break;
                    }

                    carried = exchange.Carried;
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or CutException)
            {
                // Cut: what was written must not get there any more.
                client.Client.LingerState = new LingerOption(true, 0);
            }
        }
    }

    /// <summary>The connection is to be cut.</summary>
    private sealed class CutException : Exception;

    /// <summary>One request and its answer.</summary>
    private sealed class Exchange(FaultyProxy proxy, HttpHead request, NetworkStream client, NetworkStream registry, long carried)
    {
        private readonly Fault? _fault = proxy.Decide(request);

        /// <summary>How many bytes of bodies the connection has carried.</summary>
        public long Carried { get; private set; } = carried;

        /// <summary>Serves it; false where the connection is of no use any more.</summary>
        public async Task<bool> RunAsync(CancellationToken cancellationToken)
        {
            switch (_fault)
            {
                case Fault.Stall:
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    return false;
                case Fault.Busy busy:
                    await CopyAsync(client, Stream.Null, request.Length, null, cancellationToken);
                    string wait = busy.RetryAfter is null ? "" : $"Retry-After: {busy.RetryAfter}\r\n";
                    await client.WriteAsync(
                        System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {busy.Status} Busy\r\n{wait}Content-Length: 0\r\n\r\n"), cancellationToken);
                    return true;
            }

            await SendAsync(cancellationToken);
            HttpHead answer = await HttpHead.ReadAsync(registry, cancellationToken) ?? throw new CutException();
            if (_fault is Fault.CutAnswer { After: 0 })
            {
                throw new CutException();
            }

            await client.WriteAsync(answer.Bytes, cancellationToken);
            bool hasBody = request.Method != "HEAD" && answer.Status is not 204 and not 304;
            await CopyAsync(registry, client, hasBody ? answer.Length : 0, (_fault as Fault.CutAnswer)?.After, cancellationToken);
            return !answer.IsLast;
        }

        private async Task SendAsync(CancellationToken cancellationToken)
        {
            bool isManifest = request.Method == "PUT" && request.Target.Contains("/manifests/", StringComparison.Ordinal);
            if (!isManifest && !proxy.Buffers)
            {
                await registry.WriteAsync(request.Bytes, cancellationToken);
                await CopyAsync(client, registry, request.Length, (_fault as Fault.CutRequest)?.After, cancellationToken);
                return;
            }

            using MemoryStream body = new();
            await CopyAsync(client, body, request.Length, (_fault as Fault.CutRequest)?.After, cancellationToken);
            if (isManifest)
            {
                await proxy.OnManifest(body.ToArray());
            }

            await registry.WriteAsync(request.Bytes, cancellationToken);
            await registry.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), cancellationToken);
        }

        private async Task CopyAsync(Stream from, Stream to, long length, long? cutAfter, CancellationToken cancellationToken)
        {
            byte[] buffer = new byte[64 * 1024];
            bool isUp = from == client;
            bool corrupts = !isUp && _fault is Fault.Corrupt;
            long left = Math.Min(length, cutAfter ?? length);
            while (left > 0)
            {
                int count = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
                if (count == 0)
                {
                    throw new CutException();
                }

                if (isUp)
                {
                    Interlocked.Add(ref proxy._bodyBytes, count);
                    Carried += count;
                    if (proxy.Line is SlowLine line && !await line.CarryAsync(count, Carried, cancellationToken))
                    {
                        throw new CutException();
                    }
                }

                if (corrupts)
                {
                    buffer[count / 2] ^= 0x10;
                    corrupts = false;
                }

                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                left -= count;
            }

            if (cutAfter < length)
            {
                throw new CutException();
            }
        }
    }
}
