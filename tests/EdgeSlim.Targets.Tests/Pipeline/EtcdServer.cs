using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>A real etcd, on loopback.</summary>
internal sealed class EtcdServer : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Process _process;

    public EtcdServer()
    {
        Command.Require("etcd", "etcd-server");
        int[] ports = FreePorts();
        Endpoint = $"http://127.0.0.1:{ports[0].ToString(CultureInfo.InvariantCulture)}";
        string peers = $"http://127.0.0.1:{ports[1].ToString(CultureInfo.InvariantCulture)}";
        _process = Command.Start(
            "/",
            new Dictionary<string, string?>(),
            "etcd",
            ["--data-dir", _data.Path, "--listen-client-urls", Endpoint, "--advertise-client-urls", Endpoint,
             "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", $"default={peers}"],
            out StringBuilder output);
        while (!Answers())
        {
            Assert.IsFalse(_process.HasExited, output.ToString());
            Thread.Sleep(50);
        }
    }

    public string Endpoint { get; }

    public void Put(string key, string value)
    {
        using StringContent body = new(JsonSerializer.Serialize(new Dictionary<string, byte[]>
        {
            ["key"] = Encoding.UTF8.GetBytes(key),
            ["value"] = Encoding.UTF8.GetBytes(value),
        }));
        using HttpResponseMessage response = _client.PostAsync($"{Endpoint}/v3/kv/put", body).GetAwaiter().GetResult();
        response.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
        _data.Dispose();
    }

    private bool Answers()
    {
        try
        {
            Put("edgeslim/test", "ready");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int[] FreePorts()
    {
        using TcpListener first = new(IPAddress.Loopback, 0);
        using TcpListener second = new(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return [((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port];
    }
}
