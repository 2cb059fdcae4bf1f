using System.Net;
using System.Net.Sockets;

namespace EdgeSlim.Registry.Transport;

/// <summary>Tells addresses that are reached from here only from those of everybody.</summary>
/// <param name="resolve">Looks up the addresses of a host.</param>
internal sealed class PrivateNetwork(Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    private static readonly IPNetwork[] Networks =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
            "::/127", "fc00::/7", "fe80::/10",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    public static bool Contains(IPAddress address) =>
        Networks.Any(n => n.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    /// <summary>Whether a host is in a private network. One that cannot be looked up, as behind a proxy, is not said to be.</summary>
    public async Task<bool> HasAsync(string host, CancellationToken cancellationToken)
    {
        string name = host.Trim('[', ']');
        if (IPAddress.TryParse(name, out IPAddress? address))
        {
            return Contains(address);
        }

        try
        {
            return (await resolve(name, cancellationToken)).Any(Contains);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
