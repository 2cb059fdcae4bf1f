using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EdgeSlim.Bench.Setup;

/// <summary>The real registry (docker-registry) on loopback, with its storage in the workshop.</summary>
internal sealed class LocalRegistry : IDisposable
{
    private readonly Process _process;
    private readonly CountingProxy _proxy;
    private readonly HttpClient _http = new();

    public LocalRegistry(string folder)
    {
        int port = FreePort();
        string config = Path.Combine(folder, "registry.yml");
        File.WriteAllText(
            config,
            $"""
            version: 0.1
            log:
              level: error
            storage:
              filesystem:
                rootdirectory: {folder}/registry
            http:
              addr: 127.0.0.1:{port}
              secret: of-no-importance
            """);
        _process = Process.Start(new ProcessStartInfo("docker-registry", ["serve", config])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        WaitFor(port);
        _proxy = new CountingProxy(port);
    }

    /// <summary>Where it is asked: by a name that each of the tools takes for one without TLS.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"localhost:{_proxy.Port}");

    public long TakeSent() => _proxy.TakeSent();

    /// <summary>The digests of an image's layers.</summary>
    public HashSet<string> Layers(string repository, string tag)
    {
        using JsonDocument manifest = JsonDocument.Parse(Manifest(repository, tag));
        return [.. manifest.RootElement.GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("digest").GetString()!)];
    }

    /// <summary>The manifest of an image.</summary>
    public byte[] Manifest(string repository, string tag)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"http://{Address}/v2/{repository}/manifests/{tag}");
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        request.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.v2+json");
        using HttpResponseMessage response = _http.Send(request).EnsureSuccessStatusCode();
        using MemoryStream content = new();
        response.Content.ReadAsStream().CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Opens a blob of an image.</summary>
    public Stream Blob(string repository, string digest) =>
        _http.GetStreamAsync($"http://{Address}/v2/{repository}/blobs/{digest}").GetAwaiter().GetResult();

    public void Dispose()
    {
        _proxy.Dispose();
        _http.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void WaitFor(int port)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(30); Thread.Sleep(50))
        {
            using TcpClient client = new();
            try
            {
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }

        throw new InvalidOperationException("docker-registry does not listen.");
    }
}
