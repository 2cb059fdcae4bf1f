using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeSlim.Trials.Stress;

namespace EdgeSlim.Tests.Trials.Stress;

/// <summary>Real requests to a real server, which says itself how long it took. Not parallel: other tests would be in the latencies.</summary>
[TestClass]
[TestCategory(TestKinds.Measure)]
[DoNotParallelize]
public sealed class LoadGeneratorTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task What_it_adds_to_a_known_delay_is_the_same_for_a_short_and_a_long_one()
    {
        (double seen, double real) = await MedianAsync(TimeSpan.FromMilliseconds(20));
        (double seenLong, double realLong) = await MedianAsync(TimeSpan.FromMilliseconds(220));

        // No server answers sooner than it answers; and what the way costs does not depend on how long the server takes.
        Assert.IsGreaterThanOrEqualTo(real * 0.99, seen);
        Assert.IsGreaterThanOrEqualTo(realLong * 0.99, seenLong);
        double difference = realLong - real;
        Assert.IsInRange(difference * 0.75, difference * 1.25, seenLong - seen, $"{real} {seen} {realLong} {seenLong}");
    }

    [TestMethod]
    public async Task Who_waits_behind_a_slow_request_is_counted_from_when_it_was_due()
    {
        // For half of the time the server does nothing; then it answers everybody at once.
        TimeSpan stall = TimeSpan.FromMilliseconds(600);
        long begin = Stopwatch.GetTimestamp();
        using Server server = new(async () =>
        {
            TimeSpan rest = stall - Stopwatch.GetElapsedTime(begin);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        });
        begin = Stopwatch.GetTimestamp();
        LoadResult result = await RunAsync(server, rate: 100, TimeSpan.FromMilliseconds(1200));

        // A loop that waits for answers would have sent one request into the stall, one of a hundred.
        Assert.AreEqual(120, result.Requests);
        Assert.AreEqual(0, result.Errors, string.Join(", ", result.ErrorKinds));
        Assert.IsGreaterThan(stall.TotalMilliseconds / 2, result.Latency!.P95);
        Assert.IsGreaterThanOrEqualTo(result.Latency.P95, result.Latency.P99);
        Assert.IsGreaterThanOrEqualTo(result.Latency.P99, result.Latency.Max);
        Assert.AreEqual(120, result.Parts.Sum(p => p.Requests));
    }

    [TestMethod]
    public async Task Answers_that_are_none_are_errors_of_their_kind()
    {
        using Server failing = new(() => Task.CompletedTask, "503 No");
        LoadResult failed = await RunAsync(failing, rate: 50, TimeSpan.FromMilliseconds(200));
        Assert.AreEqual(10, failed.Errors);
        Assert.AreEqual(1, failed.ErrorRate);
        Assert.AreEqual(10, failed.ErrorKinds["status 503"]);
        Assert.IsNull(failed.Latency);

        int port = failing.Port;
        failing.Dispose();
        LoadResult refused = await new LoadGenerator(new StressLoad(port, "/", 50), Socket).RunAsync(
            TimeSpan.FromMilliseconds(200), TestContext.CancellationToken);
        Assert.AreEqual(10, refused.Errors);
        Assert.Contains("refused", refused.ErrorKinds.Keys.Single());
    }

    [TestMethod]
    public async Task It_sends_what_it_is_told_to()
    {
        using TemporaryFolder folder = new();
        using Server server = new(() => Task.CompletedTask);
        StressLoad load = new(server.Port, "/readings?x=1", 20) { Method = "POST", BodyFile = folder.Write("body", "[1]"), BodyType = "text/x" };
        await new LoadGenerator(load, Socket).RunAsync(TimeSpan.FromMilliseconds(100), TestContext.CancellationToken);

        string request = server.Requests.First();
        Assert.StartsWith("POST /readings?x=1 HTTP/1.1", request);
        Assert.Contains("Content-Type: text/x", request);
        Assert.EndsWith("[1]", request);
    }

    [TestMethod]
    public async Task It_ends_when_it_is_cancelled()
    {
        using Server server = new(() => Task.CompletedTask);
        using CancellationTokenSource cancelled = new();
        Task<LoadResult> run = new LoadGenerator(new StressLoad(server.Port, "/", 10), Socket).RunAsync(TimeSpan.FromMinutes(5), cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromMinutes(2), TestContext.CancellationToken));
    }

    private async Task<(double Seen, double Real)> MedianAsync(TimeSpan delay)
    {
        using Server server = new(() => Task.Delay(delay));
        LoadResult result = await RunAsync(server, rate: 50, TimeSpan.FromSeconds(1.5));
        Assert.AreEqual(0, result.Errors, string.Join(", ", result.ErrorKinds));
        return (result.Latency!.P50, server.Times.Order().ElementAt(server.Times.Count / 2));
    }

    private Task<LoadResult> RunAsync(Server server, double rate, TimeSpan duration) =>
        new LoadGenerator(new StressLoad(server.Port, "/", rate), Socket).RunAsync(duration, TestContext.CancellationToken);

    private static Socket Socket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Answers each request after a while, and measures how long that was.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<Task> _delay;
        private readonly byte[] _answer;

        public Server(Func<Task> delay, string status = "200 OK")
        {
            _delay = delay;
            _answer = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nok");
            _listener.Start(1024);
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _ = AcceptAsync();
        }

        public int Port { get; }

        public ConcurrentBag<double> Times { get; } = [];

        public ConcurrentQueue<string> Requests { get; } = [];

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
                // The test is over.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            {
                try
                {
                    byte[] buffer = new byte[8192];
                    int read;
                    while ((read = await client.GetStream().ReadAsync(buffer)) > 0)
                    {
                        long begin = Stopwatch.GetTimestamp();
                        Requests.Enqueue(Encoding.ASCII.GetString(buffer, 0, read));
                        await _delay();
                        await client.GetStream().WriteAsync(_answer);
                        Times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                    }
                }
                catch (IOException)
                {
                    // The other side is gone.
                }
            }
        }
    }
}
