namespace EdgeSlim.Registry;

/// <summary>How to talk to a registry.</summary>
public sealed record RegistryOptions
{
    /// <summary>Registries, as <c>host[:port]</c>, that need no trusted certificate and no TLS. Loopback never does.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>How long nothing may happen; a slow transfer that moves is never cut.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The clock that timeouts and the lifetime of tokens go by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Waits before a request is tried again.</summary>
    public Func<TimeSpan, CancellationToken, Task> Delay { get; init; } = Task.Delay;
}
