using System.Diagnostics;
using System.Net.Sockets;

namespace EdgeSlim.Trials;

/// <summary>
/// Waits for the port of a web application and asks for its routes, on its own loopback. What it sees is an observation: it decides
/// nothing, and where the port cannot be reached from here, nothing is seen.
/// </summary>
/// <param name="processId">A process of the container; null where none can be seen.</param>
/// <param name="question">What is asked.</param>
internal sealed class WebProbe(int? processId, WebQuestion question)
{
    private const int MostRoutes = 20;

    // An application that opens several ports opens them at about the same time.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>The port: that which was expected, or another one, where the application listens there instead.</summary>
    public int Port { get; private set; } = question.Port;

    /// <summary>When the port accepted a connection first (Stopwatch ticks); null where it has not.</summary>
    public long? OpenedAt { get; private set; }

    /// <summary>Whether the port can be reached from here.</summary>
    public bool CanAsk { get; private set; } = processId is not null;

    /// <summary>Waits until the port accepts connections, or cannot be asked.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The work.</returns>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (processId is not int id)
        {
            return;
        }

        try
        {
            using CancellationTokenSource looking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task expected = new PortProbe(id, question.Port, null).WaitAsync(looking.Token);
            Task<(int, long)?> other = FindOtherAsync(id, looking.Token);
            Task first = await Task.WhenAny(expected, other);
            long now = Stopwatch.GetTimestamp();
            await looking.CancelAsync();
            if (first == expected)
            {
                await expected;
                OpenedAt = now;
            }
            else if (await other is (int port, long at))
            {
                (Port, OpenedAt) = (port, at);
            }

            await Task.WhenAny(Task.WhenAll(expected, other));
        }
        catch (UnauthorizedAccessException)
        {
            CanAsk = false;
        }
        catch (OperationCanceledException)
        {
            // It never opened.
        }
    }

    /// <summary>Asks for all routes at once.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The answers, in the order of the routes.</returns>
    public async Task<IReadOnlyList<RouteAnswer>> AskAsync(CancellationToken cancellationToken)
    {
        if (processId is not int id || OpenedAt is null)
        {
            return [];
        }

        using HttpClient client = ContainerHttp.CreateClient(id, Port, question.AnswerTime);
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        all.CancelAfter(question.AnswerTime);
        return await Task.WhenAll(question.Routes
            .Where(r => r.StartsWith('/'))
            .Distinct(StringComparer.Ordinal)
            .Take(MostRoutes)
            .Select(r => AskAsync(client, r, all.Token, cancellationToken)));
    }

    // What the project sets in code or in appsettings.json, its image does not say.
    private static async Task<(int Port, long At)?> FindOtherAsync(int id, CancellationToken cancellationToken)
    {
        long? since = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            IReadOnlyList<int> ports = ListeningPorts.Find(id);
            since = ports.Count == 0 ? null : since ?? Stopwatch.GetTimestamp();
            if (since is long seen && Stopwatch.GetElapsedTime(seen) > Grace)
            {
                return (ports[0], seen);
            }

            await Task.WhenAny(Task.Delay(Interval, cancellationToken));
        }

        return null;
    }

    private async Task<RouteAnswer> AskAsync(HttpClient client, string route, CancellationToken all, CancellationToken cancellationToken)
    {
        try
        {
            // With its host, so that no path passes for one.
            using HttpResponseMessage answer = await client.GetAsync(
                new Uri($"http://localhost:{Port}{route}"), HttpCompletionOption.ResponseHeadersRead, all);
            return new RouteAnswer(route, (int)answer.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RouteAnswer(route, null, FormattableString.Invariant($"nothing within {question.AnswerTime.TotalSeconds:0} s"));
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException or UriFormatException)
        {
            return new RouteAnswer(route, null, e.GetBaseException().Message);
        }
    }
}
