using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeSlim.Trials.Stress;

/// <summary>
/// Sends requests at a constant rate, whatever the answers are (open loop): like many devices, of which none waits for the other.
/// </summary>
/// <param name="load">What is sent.</param>
/// <param name="connect">Makes a socket in the network of the application.</param>
internal sealed class LoadGenerator(StressLoad load, Func<Socket> connect)
{
    // Beyond it the application is so far behind that more of the same tells nothing more.
    private const int MostPending = 4096;
    private const int MostConnections = 256;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    private int _pending;

    /// <summary>Sends them.</summary>
    /// <param name="duration">For how long.</param>
    /// <param name="cancellationToken">Ends it before.</param>
    /// <returns>What came of them.</returns>
    public async Task<LoadResult> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        LatencyRecorder recorder = new(duration);
        byte[]? body = load.BodyFile is null ? null : await File.ReadAllBytesAsync(load.BodyFile, cancellationToken);
        using HttpClient client = new(new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) => new NetworkStream(await ConnectAsync(token), ownsSocket: true),
            MaxConnectionsPerServer = MostConnections,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        })
        {
            Timeout = AnswerTime,
        };
        List<Task> sent = [];
        void Pace()
        {
            long begin = Stopwatch.GetTimestamp();
            long count = (long)(duration.TotalSeconds * load.Rate);
            for (long i = 0; i < count; i++)
            {
                TimeSpan due = TimeSpan.FromSeconds(i / load.Rate);
                WaitUntil(begin + (long)(due.TotalSeconds * Stopwatch.Frequency), cancellationToken);
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                if (Volatile.Read(ref _pending) >= MostPending)
                {
                    TimeSpan now = Stopwatch.GetElapsedTime(begin);
                    recorder.Add(due, now - due, now - due, "not sent: too many are waiting");
                    continue;
                }

                Interlocked.Increment(ref _pending);
                sent.Add(SendAsync(client, body, due, begin, recorder, cancellationToken));
                if (sent.Count > MostPending * 2)
                {
                    sent.RemoveAll(t => t.IsCompleted);
                }
            }
        }

        // A thread of its own: what the answers do to the thread pool does not hold up the next request.
        await Task.Factory.StartNew(Pace, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(sent);
        cancellationToken.ThrowIfCancellationRequested();
        return recorder.Result();
    }

    private async Task SendAsync(
        HttpClient client, byte[]? body, TimeSpan due, long begin, LatencyRecorder recorder, CancellationToken cancellationToken)
    {
        TimeSpan lateness = Stopwatch.GetElapsedTime(begin) - due;
        string? error = null;
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Parse(load.Method), $"http://localhost:{load.Port}{load.Path}");
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.TryAddWithoutValidation("Content-Type", load.BodyType);
            }

            using HttpResponseMessage answer = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            error = (int)answer.StatusCode < 400 ? null : $"status {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            error = e is OperationCanceledException ? $"no answer within {AnswerTime.TotalSeconds:0} s" : e.GetBaseException().Message;
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            recorder.Add(due, lateness, Stopwatch.GetElapsedTime(begin) - due, error);
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = connect();
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, load.Port), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // .NET's own clocks sleep whole milliseconds, which would be in each latency.
    private static void WaitUntil(long timestamp, CancellationToken cancellationToken)
    {
        while (timestamp - Stopwatch.GetTimestamp() is var rest && rest > 0 && !cancellationToken.IsCancellationRequested)
        {
            long nanoseconds = Math.Min((long)(rest * (1e9 / Stopwatch.Frequency)), 50_000_000);
            Timespec time = new() { Nanoseconds = (nint)nanoseconds };
            _ = nanosleep(in time, IntPtr.Zero);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int nanosleep(in Timespec time, IntPtr remaining);
}
