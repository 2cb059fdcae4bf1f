using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeSlim.Tests;

/// <summary>A container that goes on running, under the limits of a small device.</summary>
internal sealed class RunningImage : IDisposable
{
    // Only a hang takes so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _container = $"edgeslim-test-{Guid.NewGuid():N}";

    // The host's network, since containers here may have none of their own: so the port has to be a free one.
    private readonly string _port = FreePort().ToString(CultureInfo.InvariantCulture);
    private readonly Task<CommandResult> _run;

    public RunningImage(string image, params string[] options)
        : this(image, options, [])
    {
    }

    public RunningImage(string image, string[] options, string[] arguments) => _run = Task.Run(() => Podman.RunWith(
        ["--name", _container, .. Podman.OnHostNetwork, "-e", $"ASPNETCORE_HTTP_PORTS={_port}", .. options], image, arguments));

    /// <summary>Asks the server in the container.</summary>
    /// <returns>The body of the answer.</returns>
    public string Get(string path) => WhenReady(client => client.GetStringAsync($"http://127.0.0.1:{_port}{path}"));

    public string Post(string path, string json) => WhenReady(async client =>
    {
        using StringContent content = new(json, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync($"http://127.0.0.1:{_port}{path}", content);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    });

    /// <summary>Waits until the application has said something.</summary>
    public void Says(string text)
    {
        string said = "";
        for (Stopwatch watch = Stopwatch.StartNew(); !_run.IsCompleted && watch.Elapsed < Patience; Thread.Sleep(100))
        {
            said = Command.Run("/", "podman", "logs", _container).Output;
            if (said.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new AssertFailedException(_run.IsCompleted ? "It ended: " + _run.Result.Output : $"It does not say '{text}': {said}");
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public CommandResult Stop()
    {
        Command.Run("/", "podman", "stop", "-t", "30", _container).Succeeds();
        return _run.GetAwaiter().GetResult();
    }

    public void Dispose() => Command.Run("/", "podman", "rm", "-f", _container);

    private string WhenReady(Func<HttpClient, Task<string>> ask)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        while (!_run.IsCompleted)
        {
            try
            {
                return ask(client).GetAwaiter().GetResult();
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
            {
                Thread.Sleep(50);
            }
        }

        throw new AssertFailedException("It ended: " + _run.Result.Output);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
