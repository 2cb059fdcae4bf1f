namespace EdgeSlim.Tests;

/// <summary>An application that makes TLS connections stays on scratch: OpenSSL is linked in, the authorities come along.</summary>
[TestClass]
public sealed class TlsTests
{
    [TestMethod]
    public void An_https_client_gets_OpenSSL_and_trusts_the_authorities_of_the_image_and_no_others()
    {
        using TlsServer server = new("hello over TLS");
        using AgentProject project = new(
            "Client",
            code: """
                using HttpClient client = new();
                try
                {
                    Console.WriteLine(await client.GetStringAsync(args[0]));
                }
                catch (HttpRequestException e)
                {
                    Console.WriteLine(e.HttpRequestError + ": " + e.InnerException?.Message);
                }
                """);
        project.Write("own.pem", server.Authority);
        string commit = project.Commit();
        project.EdgeImage("-p:EdgeCaCertificates=own.pem", "-p:EdgeLoad=true").Succeeds();
        string image = $"localhost/client:{commit[..12]}";
        string[] options = ["--network=host", "--read-only", "--memory=64m", "--cap-drop=ALL"];
        try
        {
            Assert.Contains("hello over TLS", Podman.RunWith(options, image, server.Url).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }

        Assert.DoesNotContain("INTERP", Command.Run("/", "readelf", "-lW", project.Binary).Succeeds().Output);

        // With the authorities of this machine: the private one is not among them.
        DateTime linked = File.GetLastWriteTimeUtc(project.Binary);
        project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        Assert.AreEqual(linked, File.GetLastWriteTimeUtc(project.Binary));
        try
        {
            Assert.Contains("SecureConnectionError", Podman.RunWith(options, image, server.Url).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }
}
