using System.Net.Security;

namespace EdgeSlim.Registry.Transport;

/// <summary>Makes the real connections.</summary>
internal static class Wire
{
    public static SocketsHttpHandler Create(RegistryEndpoint endpoint)
    {
        var handler = new SocketsHttpHandler
        {
            // RedirectHandler decides what may go where.
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy could not reach what is on this machine.
            UseProxy = !endpoint.Name.IsLoopback,
        };
        if (endpoint.AllowsPlainHttp)
        {
            string host = endpoint.Name.Host.Trim('[', ']');
            handler.SslOptions.RemoteCertificateValidationCallback = (sender, _, _, errors) =>
                errors == SslPolicyErrors.None || sender is SslStream stream && stream.TargetHostName.Trim('[', ']') == host;
        }

        return handler;
    }
}
