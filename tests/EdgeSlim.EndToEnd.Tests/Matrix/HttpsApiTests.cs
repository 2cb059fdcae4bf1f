using System.Security.Authentication;
using System.Security.Cryptography;

namespace EdgeSlim.Tests;

/// <summary>
/// A web API with JSON and an https client: the class of application that Microsoft publishes sizes of. It stays on
/// scratch: OpenSSL is linked in, and the authorities come along.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
[Rotating(5)]
public sealed class HttpsApiTests
{
    private const string Code = """
        using System.Text.Json.Serialization;

        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, Json.Default));
        var app = builder.Build();
        using HttpClient client = new();
        app.MapPost("/reading", (Reading reading) => reading with { Value = 2 * reading.Value });
        app.MapGet("/fetch", async (string url) =>
        {
            try
            {
                return await client.GetStringAsync(url);
            }
            catch (HttpRequestException e)
            {
                return $"{e.HttpRequestError}: {e.InnerException?.Message}";
            }
        });
        app.Run();

        internal sealed record Reading(string Name, double Value);

        [JsonSerializable(typeof(Reading))]
        internal sealed partial class Json : JsonSerializerContext;
        """;

    private static readonly (string Answer, TlsServerOptions Options)[] Trusted =
    [
        ("P-256 and TLS 1.3", new() { Protocols = SslProtocols.Tls13 }),
        ("P-256 and TLS 1.2", new() { Protocols = SslProtocols.Tls12 }),
        ("P-384", new() { Curve = ECCurve.NamedCurves.nistP384 }),
        ("P-521", new() { Curve = ECCurve.NamedCurves.nistP521 }),
        ("RSA and TLS 1.3", new() { Curve = null, Protocols = SslProtocols.Tls13 }),
        ("RSA and TLS 1.2", new() { Curve = null, Protocols = SslProtocols.Tls12 }),
    ];

    private static readonly (string Problem, TlsServerOptions Options)[] Distrusted =
    [
        ("RemoteCertificateNameMismatch", new() { Address = "127.0.0.2" }),
        ("NotTimeValid", new() { IsExpired = true }),
    ];

    [TestMethod]
    public void A_web_API_with_an_https_client_trusts_the_authorities_of_the_image_and_no_others_and_is_small()
    {
        TlsServer[] trusted = [.. Trusted.Select(s => new TlsServer(s.Answer, s.Options))];
        TlsServer[] distrusted = [.. Distrusted.Select(s => new TlsServer("not to be read", s.Options))];
        using TlsServer foreign = new("not to be read");
        using AgentProject project = new AgentProject("Api", sdk: "Microsoft.NET.Sdk.Web", code: Code).WithSmallestLayers();
        string mounted = project.Write("own.pem", string.Join('\n', trusted.Concat(distrusted).Select(s => s.Authority)));
        string commit = project.Commit();
        try
        {
            using (DeliveredImage image = DeliveredImage.Of(project, commit, "-p:EdgeCaCertificates=own.pem"))
            {
                Works(image, trusted, distrusted, foreign);
                Assert.DoesNotContain("INTERP", Command.Run("/", "readelf", "-lW", project.Binary).Succeeds().Output);
            }

            // With the authorities of this machine, as most images have: the private ones are not among them.
            DateTime linked = File.GetLastWriteTimeUtc(project.Binary);
            using (DeliveredImage image = DeliveredImage.Of(project, commit))
            {
                Assert.AreEqual(linked, File.GetLastWriteTimeUtc(project.Binary));
                using RunningImage api = new(image.Reference);
                Assert.Contains("PartialChain", Fetch(api, trusted[0]));
                Assert.IsLessThanOrEqualTo(6_500_000, image.CompressedBytes);
                PublishedReport report = new(project.EdgeFolder, project.Binary);
                report.IsExact();
                Assert.IsGreaterThan(2_000_000, report.Parts.Single(p => p.Name == "OpenSSL").Bytes);
            }

            using (DeliveredImage image = DeliveredImage.Of(project, commit, "-p:EdgeOptimize=Extreme"))
            {
                Works(image, trusted, distrusted, foreign, "-v", $"{mounted}:/own/ca.pem:ro", "-e", "SSL_CERT_FILE=/own/ca.pem");
                Assert.IsLessThanOrEqualTo(6_400_000, image.CompressedBytes);
            }
        }
        finally
        {
            foreach (TlsServer server in trusted.Concat(distrusted))
            {
                server.Dispose();
            }
        }
    }

    private static void Works(DeliveredImage image, TlsServer[] trusted, TlsServer[] distrusted, TlsServer foreign, params string[] options)
    {
        using RunningImage api = new(image.Reference, options);
        Assert.AreEqual("""{"name":"roof","value":43}""", api.Post("/reading", """{"name":"roof","value":21.5}"""));
        for (int i = 0; i < trusted.Length; i++)
        {
            Assert.AreEqual(Trusted[i].Answer, Fetch(api, trusted[i]));
        }

        for (int i = 0; i < distrusted.Length; i++)
        {
            Assert.Contains(Distrusted[i].Problem, Fetch(api, distrusted[i]));
        }

        Assert.Contains("PartialChain", Fetch(api, foreign));
        CommandResult result = api.Stop();
        Assert.AreEqual(0, result.ExitCode, result.Output);
    }

    private static string Fetch(RunningImage api, TlsServer server) => api.Get($"/fetch?url={Uri.EscapeDataString(server.Url)}");
}
