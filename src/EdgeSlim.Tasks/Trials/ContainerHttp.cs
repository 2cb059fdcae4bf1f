using System.Net;
using System.Net.Sockets;

namespace EdgeSlim.Trials;

/// <summary>HTTP with a port of a container, on its own loopback.</summary>
internal static class ContainerHttp
{
    /// <summary>Makes a client, whose requests go into the container whatever host their address names.</summary>
    /// <param name="processId">A process of the container.</param>
    /// <param name="port">The port.</param>
    /// <param name="answerTime">How long an answer may take.</param>
    /// <returns>The client.</returns>
    public static HttpClient CreateClient(int processId, int port, TimeSpan answerTime) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) => new NetworkStream(await ConnectAsync(processId, port, token), ownsSocket: true),
        AllowAutoRedirect = false,
        UseProxy = false,
    })
    {
        BaseAddress = new Uri($"http://localhost:{port}"),
        Timeout = answerTime,
    };

    /// <summary>Connects to the port.</summary>
    /// <param name="processId">A process of the container.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="IOException">The container's network cannot be entered.</exception>
    public static async Task<Socket> ConnectAsync(int processId, int port, CancellationToken cancellationToken)
    {
        Socket socket = NetworkNamespace.CreateSocket(processId);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
