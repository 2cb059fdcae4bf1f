using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>A web server on loopback with a certificate of a private authority.</summary>
internal sealed class TlsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly SslProtocols _protocols;
    private readonly CancellationTokenSource _stop = new();

    public TlsServer(string answer, TlsServerOptions? options = null)
    {
        options ??= new TlsServerOptions();
        _protocols = options.Protocols;
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // A name of its own, by which a client finds it among several.
        CertificateRequest authority = new($"CN=EdgeSlim Test Authority {Guid.NewGuid():N}", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 root = authority.CreateSelfSigned(now.AddDays(-4), now.AddDays(2));
        Authority = root.ExportCertificatePem();
        _certificate = Certificate(options, root, authorityKey, now.AddDays(options.IsExpired ? -1 : 1));

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

    private static X509Certificate2 Certificate(
        TlsServerOptions options, X509Certificate2 root, ECDsa authorityKey, DateTimeOffset end)
    {
        using RSA? rsa = options.Curve is null ? RSA.Create(2048) : null;
        using ECDsa? ec = options.Curve is { } curve ? ECDsa.Create(curve) : null;
        CertificateRequest request = rsa is not null
            ? new($"CN={options.Address}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new($"CN={options.Address}", ec!, HashAlgorithmName.SHA384);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Parse(options.Address));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 leaf = request.Create(
            root.SubjectName, X509SignatureGenerator.CreateForECDsa(authorityKey), end.AddDays(-2), end, [1, 2, 3, 4]);
        return rsa is not null ? leaf.CopyWithPrivateKey(rsa) : leaf.CopyWithPrivateKey(ec!);
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
                await stream.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate, EnabledSslProtocols = _protocols },
                    _stop.Token);
                await stream.ReadAtLeastAsync(new byte[1024], 1, cancellationToken: _stop.Token);
                await stream.WriteAsync(response, _stop.Token);
                await stream.ShutdownAsync();
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException
                or AuthenticationException or ObjectDisposedException)
            {
                // A client that does not trust the authority hangs up, which is what one of the tests wants.
            }
        }
    }
}

/// <summary>What a <see cref="TlsServer"/> has to offer.</summary>
internal sealed record TlsServerOptions
{
    /// <summary>The curve of its key; null for an RSA key.</summary>
    public ECCurve? Curve { get; init; } = ECCurve.NamedCurves.nistP256;

    /// <summary>The versions of TLS that it speaks; none for the machine's default.</summary>
    public SslProtocols Protocols { get; init; }

    /// <summary>The address that its certificate is for.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Whether its certificate has ended.</summary>
    public bool IsExpired { get; init; }
}
