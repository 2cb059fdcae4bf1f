using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Trials;

/// <summary>A real listener in the network of this process.</summary>
[TestClass]
public sealed class PortProbeTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public async Task It_waits_until_the_answer_is_a_good_one()
    {
        Programs.Find("podman");
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int asked = 0;
        Task server = Task.Run(async () =>
        {
            foreach (int status in (int[])[503, 404, 204])
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.CancellationToken);
                await client.GetStream().ReadAtLeastAsync(new byte[1], 1, cancellationToken: TestContext.CancellationToken);
                asked++;
                await client.GetStream().WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), TestContext.CancellationToken);
            }
        });
        PortProbe probe = new(Environment.ProcessId, ((IPEndPoint)listener.LocalEndpoint).Port, "/ready");
        await probe.WaitAsync(TestContext.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.CancellationToken);
        await server;

        Assert.AreEqual(3, asked);
        Assert.AreEqual("the status 204", probe.LastSeen);
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public async Task A_port_that_nobody_has_is_waited_for()
    {
        Programs.Find("podman");
        // Bound, so that nobody else gets the port meanwhile, and not listened on.
        using Socket bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        PortProbe probe = new(Environment.ProcessId, ((IPEndPoint)bound.LocalEndPoint!).Port, null);
        using CancellationTokenSource end = new();
        Task wait = probe.WaitAsync(end.Token);
        Assert.IsTrue(Wait.Until(() => probe.LastSeen is not null));
        await end.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => wait);
        Assert.Contains("refused", probe.LastSeen!);
    }
}
