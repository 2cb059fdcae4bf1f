using System.Net;
using System.Security.Cryptography.X509Certificates;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry;

/// <summary>How to talk to a registry.</summary>
public sealed record RegistryOptions
{
    /// <summary>How often a registry is tried that never answered.</summary>
    internal const int TriesToReach = 4;

    /// <summary>Certificates of authorities that are trusted beside those of the system; null for none.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>How many bytes of a blob go in one request, unless the registry wants more or the connection bears less.</summary>
    public long ChunkSize { get; init; } = 5 * 1024 * 1024;

    /// <summary>How many blobs are on their way at once.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>How often a request may fail before its failure is the answer; what gets on between starts anew.</summary>
    public int Tries { get; init; } = 8;

    /// <summary>How long to wait after the first failure; it doubles with each.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Registries, as <c>host[:port]</c>, that need no trusted certificate and no TLS. Loopback never does.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Where to say that something failed and is tried again; null for nowhere.</summary>
    public IDiagnosticSink? Diagnostics { get; init; }

    /// <summary>How long nothing may happen; a slow transfer that moves is never cut.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The clock that timeouts and the lifetime of tokens go by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Looks up the addresses of a host.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Waits before a request is tried again.</summary>
    public Func<TimeSpan, CancellationToken, Task> Delay { get; init; } = Task.Delay;
}
