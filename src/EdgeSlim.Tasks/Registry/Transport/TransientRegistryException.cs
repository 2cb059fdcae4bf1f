using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry.Transport;

/// <summary>A failure that may be gone at the next try. Never leaves the registry's own code.</summary>
internal sealed class TransientRegistryException(EdgeException failure, TimeSpan? retryAfter = null)
    : Exception(failure.Message, failure)
{
    /// <summary>For what takes long or is rarely better the next time: half of the usual tries.</summary>
    public const int HighCost = 3;

    /// <summary>What the user is told when no try is left.</summary>
    public EdgeException Failure { get; } = failure;

    /// <summary>How long the registry asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>How many tries it uses up.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>Whether the connection was lost, or stood still, and with it what was under way.</summary>
    public bool IsCut { get; init; }
}
