using System.Net;
using System.Net.Sockets;

namespace EdgeSlim.Bench.Setup;

/// <summary>Stands before a registry and counts what is sent to it.</summary>
internal sealed class CountingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private long _sent;

    public CountingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The bytes that were sent since this was asked last, heads of requests included.</summary>
    public long TakeSent() => Interlocked.Exchange(ref _sent, 0);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (TcpClient registry = new())
        {
            try
            {
                await registry.ConnectAsync(IPAddress.Loopback, _target);
                client.NoDelay = registry.NoDelay = true;
                await Task.WhenAny(
                    CopyAsync(client.GetStream(), registry.GetStream(), count => Interlocked.Add(ref _sent, count)),
                    CopyAsync(registry.GetStream(), client.GetStream(), _ => { }));
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // Whoever hangs up knows why.
            }
        }
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, Action<int> count)
    {
        byte[] buffer = new byte[128 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
        {
            count(read);
            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
