using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class SchemeTests
{
    private static readonly Digest Blob = Digest.Of("x"u8);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("Client sent an HTTP request to an HTTPS server.\n")]
    [DataRow("<html><center>The plain HTTP request was sent to HTTPS port</center></html>")]
    public async Task A_loopback_registry_that_wants_tls_says_so_once(string complaint)
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.RequestUri!.Scheme == "http", _ => FakeRegistry.Answer(HttpStatusCode.BadRequest, complaint));
        using RegistryClient client = RegistryTest.Client(fake, host: "localhost:5000");
        Assert.IsFalse(await client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.IsFalse(await client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.AreEqual("http https https", string.Join(' ', fake.Sent.Select(r => r.Uri.Scheme)));
    }

    [TestMethod]
    public async Task Another_bad_request_does_not_make_it_try_tls()
    {
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => FakeRegistry.Answer(HttpStatusCode.BadRequest, """{"errors":[{"code":"NAME_INVALID","message":"bad"}]}"""));
        using RegistryClient client = RegistryTest.Client(fake, host: "localhost:5000");
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.Contains("NAME_INVALID: bad", e.Message);
        Assert.HasCount(1, fake.Sent);
    }

    [TestMethod]
    public async Task A_registry_elsewhere_is_never_asked_without_tls()
    {
        using var fake = new FakeRegistry();
        fake.When(_ => true, _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));
        using RegistryClient client = RegistryTest.Client(fake);
        await RegistryTest.FailsAsync(
            DiagnosticCodes.RegistryUnreachable, () => client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.IsTrue(fake.Sent.All(r => r.Uri.Scheme == "https"));
    }

    [TestMethod]
    public async Task A_registry_that_is_listed_as_insecure_is_asked_with_tls_first()
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.RequestUri!.Scheme == "https", _ => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "no tls"));
        using RegistryClient client = RegistryTest.Client(
            fake, options: new RegistryOptions { InsecureRegistries = [RegistryTest.Host] });
        Assert.IsFalse(await client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.IsFalse(await client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        Assert.AreEqual(
            "https://registry.test:443 http://registry.test:80 http://registry.test:80",
            string.Join(' ', fake.Sent.Select(r => $"{r.Uri.Scheme}://{r.Uri.Host}:{r.Uri.Port}")));
    }

    [TestMethod]
    public async Task A_loopback_registry_with_a_certificate_of_its_own_is_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        Task serving = ServeTlsAsync(listener, stop.Token);
        using (var client = new RegistryClient(
            RegistryName.Parse(listener.LocalEndpoint.ToString()), RegistryTest.NoCredentials, new RegistryOptions { Delay = (_, _) => Task.CompletedTask }))
        {
            Assert.IsTrue(await client.App().HasBlobAsync(Blob, TestContext.CancellationToken));
        }

        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => serving);
    }

    /// <summary>Answers 200 over TLS, and hangs up on everything else, as many servers do.</summary>
    private static async Task ServeTlsAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nobody", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        while (true)
        {
            using TcpClient connection = await listener.AcceptTcpClientAsync(cancellationToken);
            await using var stream = new SslStream(connection.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
                await stream.ReadAtLeastAsync(new byte[4096], 1, false, cancellationToken);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // Plain http: hang up.
            }
        }
    }
}
