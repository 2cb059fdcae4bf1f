using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>A web server on loopback with a certificate of a private authority.</summary>
internal sealed class TlsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _stop = new();

    public TlsServer(string answer)
    {
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest authority = new("CN=EdgeSlim Test Authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 root = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        Authority = root.ExportCertificatePem();

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 leaf = request.Create(root, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);
        _certificate = leaf.CopyWithPrivateKey(key);

        _listener.Start();
        Url = $"https://{_listener.LocalEndpoint}/";
        _ = ServeAsync(answer);
    }

    /// <summary>The authority's certificate, PEM.</summary>
    public string Authority { get; }

    public string Url { get; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(string answer)
    {
        byte[] response = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n{answer}");
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using SslStream stream = new(client.GetStream());
                await stream.AuthenticateAsServerAsync(_certificate);
                await stream.ReadAtLeastAsync(new byte[1024], 1, cancellationToken: _stop.Token);
                await stream.WriteAsync(response, _stop.Token);
                await stream.ShutdownAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException
                or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
            {
                // A client that does not trust the authority hangs up, which is what one of the tests wants.
            }
        }
    }
}
