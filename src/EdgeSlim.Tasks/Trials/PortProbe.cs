using System.Net.Sockets;

namespace EdgeSlim.Trials;

/// <summary>Asks a port of the container, on its own loopback, until it answers.</summary>
/// <param name="processId">A process of the container.</param>
/// <param name="port">The port.</param>
/// <param name="path">The path to ask for; null where it is enough that connections are accepted.</param>
internal sealed class PortProbe(int processId, int port, string? path)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>What was seen last; null before anything was.</summary>
    public string? LastSeen { get; private set; }

    /// <exception cref="UnauthorizedAccessException">The container's network cannot be entered.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using HttpClient client = ContainerHttp.CreateClient(processId, port, AnswerTime);
        while (!await IsReadyAsync(client, cancellationToken))
        {
            await Task.Delay(Interval, cancellationToken);
        }
    }

    private async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            if (path is null)
            {
                (await ContainerHttp.ConnectAsync(processId, port, cancellationToken)).Dispose();
                return true;
            }

            using HttpResponseMessage answer = await client.GetAsync(
                path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            LastSeen = $"the status {(int)answer.StatusCode}";
            return (int)answer.StatusCode is >= 200 and < 400;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (e.GetBaseException() is UnauthorizedAccessException denied)
            {
                throw denied;
            }

            LastSeen = e is TaskCanceledException ? "no answer" : e.GetBaseException().Message;
            return false;
        }
    }
}
