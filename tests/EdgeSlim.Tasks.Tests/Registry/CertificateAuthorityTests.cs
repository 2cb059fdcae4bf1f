using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class CertificateAuthorityTests
{
    private static readonly Digest Any = Digest.Of("x"u8);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task A_registry_of_a_private_authority_is_trusted_with_its_file_and_with_no_other()
    {
        using var folder = new TemporaryFolder();
        using X509Certificate2 root = Root(out ECDsa rootKey);
        using X509Certificate2 other = Root(out ECDsa otherKey);
        await File.WriteAllTextAsync(
            folder["both.pem"], other.ExportCertificatePem() + "\n" + root.ExportCertificatePem(), TestContext.CancellationToken);
        await File.WriteAllTextAsync(folder["other.pem"], other.ExportCertificatePem(), TestContext.CancellationToken);
        using X509Certificate2 server = Server(root, rootKey, RegistryTest.Host);
        using X509Certificate2 wrongName = Server(root, rootKey, "elsewhere.test");

        Assert.IsFalse(await AskAsync(server, folder["both.pem"]));
        foreach ((X509Certificate2 certificate, string file) in ((X509Certificate2, string)[])[
            (server, ""), (server, folder["other.pem"]), (wrongName, folder["both.pem"])])
        {
            await RegistryTest.FailsAsync(DiagnosticCodes.RegistryUnreachable, () => AskAsync(certificate, file));
        }

        rootKey.Dispose();
        otherKey.Dispose();
    }

    [TestMethod]
    [DataRow("no such file", null)]
    [DataRow("there is no certificate in it", "nothing of the kind")]
    [DataRow("", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_file_that_holds_no_certificate_is_refused(string seen, string? content)
    {
        using var folder = new TemporaryFolder();
        if (content is not null)
        {
            File.WriteAllText(folder["ca.pem"], content);
        }

        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => CertificateAuthorities.Read(folder["ca.pem"]));
        Assert.AreEqual(DiagnosticCodes.CaFileUnreadable, e.Code);
        Assert.Contains(folder["ca.pem"], e.Message);
        Assert.Contains(content is null ? "Could not find file" : seen, e.Message);
        Assert.IsNull(CertificateAuthorities.Read(""));
    }

    private async Task<bool> AskAsync(X509Certificate2 certificate, string caFile)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, certificate);
        var name = RegistryName.Parse(RegistryTest.Host);
        using X509Chain unused = new();
        SocketsHttpHandler wire = Wire.Create(new RegistryEndpoint(name, []), CertificateAuthorities.Read(caFile));
        wire.UseProxy = false;
        wire.ConnectCallback = async (_, ct) =>
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(listener.LocalEndpoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        };
        using RegistryClient client = new(name, RegistryTest.NoCredentials, new RegistryOptions(), wire);
        try
        {
            return await client.App().HasBlobAsync(Any, TestContext.CancellationToken);
        }
        finally
        {
            listener.Stop();
            await serving;
        }
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        try
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await using SslStream tls = new(client.GetStream());
            await tls.AuthenticateAsServerAsync(certificate);
            byte[] buffer = new byte[4096];
            _ = await tls.ReadAsync(buffer);
            await tls.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or SocketException)
        {
            // The client hung up, which it was meant to.
        }
    }

    private static X509Certificate2 Root(out ECDsa key)
    {
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN=Test Authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Server(X509Certificate2 root, ECDsa rootKey, string host)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={host}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(
            root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
        using X509Certificate2 withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
