using System.Net.Http.Headers;
using System.Reflection;

namespace EdgeSlim.Registry.Transport;

/// <summary>The last stop before the wire: names the client and counts what goes out.</summary>
internal sealed class OutboundHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly ProductInfoHeaderValue UserAgent = new("EdgeSlim", ProductVersion());
    private int _count;

    public int Count => Volatile.Read(ref _count);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        request.Headers.UserAgent.Clear();
        request.Headers.UserAgent.Add(UserAgent);
        return base.SendAsync(request, cancellationToken);
    }

    private static string ProductVersion()
    {
        string? version = typeof(OutboundHandler).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        // The commit that the compiler appends is of no use to a registry.
        return version?.Split('+')[0] ?? "0";
    }
}
