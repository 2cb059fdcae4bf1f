using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace EdgeSlim.Registry.Transport;

/// <summary>Makes the real connections.</summary>
internal static class Wire
{
    public static SocketsHttpHandler Create(RegistryEndpoint endpoint, X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            // RedirectHandler decides what may go where.
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy could not reach what is on this machine.
            UseProxy = !endpoint.Name.IsLoopback,
        };
        string host = endpoint.Name.Host.Trim('[', ']');
        bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
            errors == SslPolicyErrors.None
            || (endpoint.AllowsPlainHttp && sender is SslStream stream && stream.TargetHostName.Trim('[', ']') == host)
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && authorities is not null
                && CertificateAuthorities.Vouch(authorities, certificate, chain));

        if (endpoint.AllowsPlainHttp || authorities is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = IsTrusted;
        }

        return handler;
    }
}
