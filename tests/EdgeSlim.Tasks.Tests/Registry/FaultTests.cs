using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class FaultTests
{
    private static readonly byte[] Content = "some content"u8.ToArray();
    private static readonly Descriptor Blob = new() { MediaType = MediaTypes.LayerGzip, Digest = Digest.Of(Content), Size = Content.Length };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(HttpStatusCode.RequestTimeout)]
    [DataRow(HttpStatusCode.TooManyRequests)]
    [DataRow(HttpStatusCode.InternalServerError)]
    [DataRow(HttpStatusCode.BadGateway)]
    [DataRow(HttpStatusCode.ServiceUnavailable)]
    public async Task What_may_pass_is_tried_eight_times(HttpStatusCode status)
    {
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => FakeRegistry.Answer(status, "<title>busy</title>"));
        List<TimeSpan> waits = [];
        using RegistryClient client = RegistryTest.Client(fake, waits: waits);
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().HasBlobAsync(Blob.Digest, TestContext.CancellationToken));
        Assert.HasCount(8, fake.Sent);
        Assert.HasCount(7, waits);
        Assert.Contains($"{(int)status} {status} to HEAD /v2/team/app/blobs/{Blob.Digest}: busy", e.Message);
    }

    [TestMethod]
    [DataRow(HttpStatusCode.BadRequest)]
    [DataRow(HttpStatusCode.MethodNotAllowed)]
    [DataRow(HttpStatusCode.RequestEntityTooLarge)]
    [DataRow(HttpStatusCode.NotImplemented)]
    public async Task What_will_not_pass_is_tried_once(HttpStatusCode status)
    {
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => FakeRegistry.Answer(status));
        using RegistryClient client = RegistryTest.Client(fake);
        await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().HasBlobAsync(Blob.Digest, TestContext.CancellationToken));
        Assert.HasCount(1, fake.Sent);
    }

    [TestMethod]
    public async Task A_registry_that_asks_to_wait_is_obeyed()
    {
        using var fake = new FakeRegistry();
        var clock = new ManualClock();
        Queue<string> answers = new(["7", clock.Now.AddSeconds(11).ToString("R")]);
        fake.When(_ => answers.Count > 0, _ => FakeRegistry.Answer(HttpStatusCode.TooManyRequests, "", ("Retry-After", answers.Dequeue())));
        List<TimeSpan> waits = [];
        using RegistryClient client = RegistryTest.Client(fake, waits: waits, options: new RegistryOptions { Clock = clock });
        Assert.IsFalse(await client.App().HasBlobAsync(Blob.Digest, TestContext.CancellationToken));
        CollectionAssert.AreEqual(new[] { TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(11) }, waits);
    }

    [TestMethod]
    public async Task A_registry_that_asks_to_wait_too_long_is_given_up()
    {
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => FakeRegistry.Answer(HttpStatusCode.TooManyRequests, "", ("Retry-After", "3600")));
        using RegistryClient client = RegistryTest.Client(fake);
        await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().HasBlobAsync(Blob.Digest, TestContext.CancellationToken));
        Assert.HasCount(1, fake.Sent);
    }

    [TestMethod]
    [DataRow(1, 0.0, 250)]
    [DataRow(1, 1.0, 750)]
    [DataRow(2, 0.5, 1000)]
    [DataRow(9, 0.5, 30_000)]
    public void The_waits_double_and_differ(int attempt, double jitter, int milliseconds) =>
        Assert.AreEqual(
            TimeSpan.FromMilliseconds(milliseconds), new RetryPolicy(new RegistryOptions(), () => true).Backoff(attempt, jitter));

    [TestMethod]
    public async Task A_connection_that_is_lost_amid_an_upload_starts_it_anew()
    {
        using var fake = new FakeRegistry();
        int uploads = 0;
        fake.When(r => r.Method == HttpMethod.Put && uploads++ == 0, _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost"));
        using RegistryClient client = RegistryTest.Client(fake);
        Assert.AreEqual(BlobOutcome.Sent, await client.App().EnsureBlobAsync(new BlobSource(Blob, () => new MemoryStream(Content)), TestContext.CancellationToken));
        Assert.AreEqual("HEAD POST PUT HEAD POST PUT", string.Join(' ', fake.Sent.Select(r => r.Method)));
    }

    [TestMethod]
    public async Task An_upload_whose_answer_was_lost_is_not_sent_twice()
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.Method == HttpMethod.Put, _ =>
        {
            fake.Blobs[Blob.Digest.ToString()] = Content;
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
        });
        using RegistryClient client = RegistryTest.Client(fake);
        await client.App().EnsureBlobAsync(new BlobSource(Blob, () => new MemoryStream(Content)), TestContext.CancellationToken);
        Assert.AreEqual("HEAD POST PUT HEAD", string.Join(' ', fake.Sent.Select(r => r.Method)));
    }

    [TestMethod]
    public async Task A_certificate_that_is_not_trusted_is_not_tried_again()
    {
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => throw new HttpRequestException(
            HttpRequestError.SecureConnectionError, "see inner exception", new System.Security.Authentication.AuthenticationException("the certificate is not trusted")));
        using RegistryClient client = RegistryTest.Client(fake);
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.RegistryUnreachable, () => client.App().HasBlobAsync(Blob.Digest, TestContext.CancellationToken));
        Assert.Contains("the certificate is not trusted", e.Message);
        Assert.HasCount(1, fake.Sent);
    }

    [TestMethod]
    public async Task A_port_where_nobody_listens_is_named()
    {
        // Bound, so that nobody else gets the port meanwhile, and not listened on.
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string address = bound.LocalEndPoint!.ToString()!;
        using var client = new RegistryClient(
            RegistryName.Parse(address), RegistryTest.NoCredentials, new RegistryOptions { Delay = (_, _) => Task.CompletedTask });
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.RegistryUnreachable, () => client.App().HasBlobAsync(Blob.Digest, TestContext.CancellationToken));
        Assert.Contains(address, e.Message);
    }

    [TestMethod]
    public async Task A_registry_that_accepts_and_hangs_is_given_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new RegistryClient(
            RegistryName.Parse(listener.LocalEndpoint.ToString()),
            RegistryTest.NoCredentials,
            new RegistryOptions { Timeout = TimeSpan.FromMilliseconds(100) });
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.RegistryTimeout, () => client.App().HasBlobAsync(Blob.Digest, TestContext.CancellationToken));
        Assert.Contains("within 0.1 seconds", e.Message);
    }

    [TestMethod]
    public async Task A_registry_that_hangs_amid_an_answer_is_given_up()
    {
        var clock = new PendingClock();
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new HangingStream(clock.GoOff)) });
        using RegistryClient client = RegistryTest.Client(fake, options: new RegistryOptions { Clock = clock });
        using var folder = new TemporaryFolder();
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.RegistryTimeout, () => client.App().GetBlobAsync(Blob, folder["blob"], TestContext.CancellationToken));
        Assert.Contains("reading the answer to GET", e.Message);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder.Path));
    }

    [TestMethod]
    public async Task Each_part_of_an_upload_that_gets_through_starts_the_time_anew()
    {
        var clock = new CountingClock();
        using var fake = new FakeRegistry();
        using RegistryClient client = RegistryTest.Client(fake, options: new RegistryOptions { Clock = clock });
        byte[] large = new byte[1024 * 1024];
        Descriptor blob = Blob with { Digest = Digest.Of(large), Size = large.Length };
        await client.App().EnsureBlobAsync(new BlobSource(blob, () => new MemoryStream(large)), TestContext.CancellationToken);
        Assert.AreEqual(8, clock.Restarts);
    }

    [TestMethod]
    public async Task Giving_up_is_not_taken_for_a_registry_that_hangs()
    {
        using var fake = new FakeRegistry();
        using var cancellation = new CancellationTokenSource();
        fake.Fault = async (_, ct) =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
            return null;
        };
        using RegistryClient client = RegistryTest.Client(fake);
        await Assert.ThrowsAsync<OperationCanceledException>(() => client.App().HasBlobAsync(Blob.Digest, cancellation.Token));
        Assert.HasCount(1, fake.Sent);
    }

    private sealed class HangingStream(Action onHang) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            onHang();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }

    /// <summary>The time is over for all that waits when the test says so.</summary>
    private sealed class PendingClock : TimeProvider
    {
        private readonly ConcurrentDictionary<Timer, Action> _pending = new();

        public void GoOff()
        {
            foreach (Action act in _pending.Values)
            {
                act();
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Timer timer = new(this);
            _pending[timer] = () => callback(state);
            return timer;
        }

        private sealed class Timer(PendingClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => clock._pending.TryRemove(this, out _);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }

    /// <summary>Counts how often a timer is set anew.</summary>
    private sealed class CountingClock : TimeProvider
    {
        private int _restarts;

        public int Restarts => _restarts;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this);

        private sealed class Timer(CountingClock clock) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => Interlocked.Increment(ref clock._restarts) > 0;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
