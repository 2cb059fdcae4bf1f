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
            await new PortProbe(id, question.Port, null).WaitAsync(cancellationToken);
            OpenedAt = Stopwatch.GetTimestamp();
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

        using HttpClient client = ContainerHttp.CreateClient(id, question.Port, question.AnswerTime);
        using CancellationTokenSource all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        all.CancelAfter(question.AnswerTime);
        return await Task.WhenAll(question.Routes
            .Where(r => r.StartsWith('/'))
            .Distinct(StringComparer.Ordinal)
            .Take(MostRoutes)
            .Select(r => AskAsync(client, r, all.Token, cancellationToken)));
    }

    private async Task<RouteAnswer> AskAsync(HttpClient client, string route, CancellationToken all, CancellationToken cancellationToken)
    {
        try
        {
            // With its host, so that no path passes for one.
            using HttpResponseMessage answer = await client.GetAsync(
                new Uri($"http://localhost:{question.Port}{route}"), HttpCompletionOption.ResponseHeadersRead, all);
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
