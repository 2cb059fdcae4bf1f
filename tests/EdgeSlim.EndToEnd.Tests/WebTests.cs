using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeSlim.Tests;

/// <summary>A minimal API listens where the image says, as an ordinary user.</summary>
[TestClass]
public sealed class WebTests
{
    [TestMethod]
    public void A_minimal_API_answers_on_the_port_that_the_image_exposes()
    {
        using AgentProject project = new(
            "Web",
            sdk: "Microsoft.NET.Sdk.Web",
            code: """
                var app = WebApplication.CreateSlimBuilder(args).Build();
                app.MapGet("/who", () => Environment.UserName);
                app.Run();
                """);
        string commit = project.Commit();
        project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        string image = $"localhost/web:{commit[..12]}";
        string configuration = Command.Run("/", "podman", "inspect", image).Succeeds().Output;
        Assert.Contains("ASPNETCORE_HTTP_PORTS=8080", configuration);
        Assert.Contains("8080/tcp", configuration);

        // The host's network, since containers here may have none of their own: so the port has to be a free one.
        string port = FreePort().ToString(CultureInfo.InvariantCulture);
        string container = $"edgeslim-test-{Guid.NewGuid():N}";
        Task<CommandResult> run = Task.Run(() => Podman.RunWith(
            ["--name", container, "--network=host", "--read-only", "--memory=32m", "--cap-drop=ALL", "-e", $"ASPNETCORE_HTTP_PORTS={port}"],
            image));
        try
        {
            Assert.AreEqual("nonroot", Get($"http://127.0.0.1:{port}/who", run));
            Command.Run("/", "podman", "stop", "-t", "30", container).Succeeds();
            CommandResult result = run.GetAwaiter().GetResult();
            Assert.AreEqual(0, result.ExitCode, result.Output);
        }
        finally
        {
            Command.Run("/", "podman", "rm", "-f", container);
            Podman.Remove(image);
        }
    }

    private static string Get(string url, Task<CommandResult> run)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        while (!run.IsCompleted)
        {
            try
            {
                return client.GetStringAsync(url).GetAwaiter().GetResult();
            }
            catch (HttpRequestException)
            {
                Thread.Sleep(50);
            }
        }

        throw new AssertFailedException("It ended: " + run.Result.Output);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
