using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry.Transport;

/// <summary>A failure that may be gone at the next try. Never leaves the registry's own code.</summary>
internal sealed class TransientRegistryException(EdgeException failure, TimeSpan? retryAfter = null)
    : Exception(failure.Message, failure)
{
    /// <summary>What the user is told when no try is left.</summary>
    public EdgeException Failure { get; } = failure;

    /// <summary>How long the registry asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
