using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeSlim.Tests;

/// <summary>
/// Applications for arm64, made on another processor, and run as emulated programs from their unpacked images. PlatformTests has the
/// console application.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class CrossTests
{
    private const string Emulator = "qemu-aarch64-static";

    private static readonly Lazy<Arm64Root> Root = new(() => new Arm64Root());

    [ClassCleanup]
    public static void Remove()
    {
        if (Root.IsValueCreated)
        {
            Root.Value.Dispose();
        }
    }

    [TestMethod]
    [Rotating(2)]
    public void A_worker_gets_the_OpenSSL_and_the_ICU_of_its_own_processor_and_talks_TLS()
    {
        using TlsServer server = new("greetings");
        using TlsServer foreign = new("not to be read");
        using AgentProject project = new(
            "Worker",
            properties: "<EdgeCultures>de-CH</EdgeCultures><EdgeTimeZones>Europe/Paris</EdgeTimeZones>",
            items: "<PackageReference Include=\"Microsoft.Extensions.Hosting\" Version=\"10.0.12\" />",
            code: """
                using System.Globalization;
                using System.Security.Cryptography;
                using Microsoft.Extensions.DependencyInjection;
                using Microsoft.Extensions.Hosting;

                HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
                builder.Services.AddHostedService<Once>();
                builder.Build().Run();

                internal sealed class Once(IHostApplicationLifetime lifetime) : BackgroundService
                {
                    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                    {
                        Console.WriteLine(Convert.ToHexString(SHA256.HashData([1])));
                        Console.WriteLine(await Fetch(Environment.GetEnvironmentVariable("SERVER")!));
                        Console.WriteLine(await Fetch(Environment.GetEnvironmentVariable("FOREIGN")!));
                        Console.WriteLine(1234567.5.ToString("N1", new CultureInfo("de-CH")));
                        lifetime.StopApplication();
                    }

                    private static async Task<string> Fetch(string url)
                    {
                        using HttpClient client = new();
                        try
                        {
                            return await client.GetStringAsync(url);
                        }
                        catch (HttpRequestException e)
                        {
                            return $"{e.HttpRequestError}: {e.InnerException?.Message}";
                        }
                    }
                }
                """);
        project.Write("own.pem", server.Authority);
        using UnpackedImage image = Publish(project, $"-p:SysRoot={Root.Value.Path}", "-p:EdgeCaCertificates=own.pem");

        string output = image.RunWith([("SERVER", server.Url), ("FOREIGN", foreign.Url)], Emulator).Succeeds().Output;
        Assert.Contains("greetings", output);
        Assert.Contains("PartialChain", output);
        Assert.DoesNotContain("not to be read", output);
        Assert.Contains("4BF5122F344554C53BDE2EBB8CD2B7E3D1600AD631C385A5D7CCE23C7785459A", output);
        Assert.Contains("1’234’567.5", output);
    }

    [TestMethod]
    [Rotating(3)]
    public void A_minimal_API_answers()
    {
        using AgentProject project = new(
            "Web",
            sdk: "Microsoft.NET.Sdk.Web",
            code: """
                var app = WebApplication.CreateSlimBuilder(args).Build();
                app.MapGet("/who", () => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString());
                app.Run();
                """);
        using UnpackedImage image = Publish(project);
        string port = FreePort().ToString(CultureInfo.InvariantCulture);
        using System.Diagnostics.Process process = image.Start(Emulator, out System.Text.StringBuilder output, $"--urls=http://127.0.0.1:{port}");
        try
        {
            Assert.AreEqual("Arm64", Get($"http://127.0.0.1:{port}/who", process, output));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [TestMethod]
    [Rotating(3)]
    public void Without_the_libraries_of_the_target_it_is_said_where_they_have_to_be()
    {
        using AgentProject project = new("Hashing", code: Code("Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([1]))"));
        project.Commit();
        CommandResult result = project.EdgeImage("-r", "linux-arm64");

        Assert.Contains("warning EDGE1009: ", result.Output);
        Assert.Contains("give the property SysRoot a folder with libssl-dev of aarch64-linux-gnu in it", result.Output);
        result.FailsWith("EDGE2021");
    }

    private static string Code(string text) =>
        $$"""Console.WriteLine($"{{{text}}} on {System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}");""";

    private static UnpackedImage Publish(AgentProject project, params string[] arguments)
    {
        Command.Require(Emulator, "qemu-user-static");
        project.Commit();
        project.EdgeImage(["-r", "linux-arm64", .. arguments]).Succeeds();
        return new UnpackedImage(
            Path.Combine(project.Folder, "bin/Release/net10.0/linux-arm64/edge/oci"), $"app/{project.Name}");
    }

    private static string Get(string url, System.Diagnostics.Process process, System.Text.StringBuilder output)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        while (!process.HasExited)
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

        throw new AssertFailedException("It ended: " + output);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
