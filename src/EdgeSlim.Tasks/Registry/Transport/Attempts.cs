namespace EdgeSlim.Registry.Transport;

/// <summary>Counts the failures of one piece of work since it last got on.</summary>
internal sealed class Attempts(RetryPolicy policy)
{
    private int _failures;
    private int _spent;

    /// <summary>The work got on: what failed before no longer counts.</summary>
    public void Progressed() => _failures = _spent = 0;

    /// <summary>Waits until it can be tried again.</summary>
    /// <exception cref="Diagnostics.EdgeException">It failed too often, or it would take too long.</exception>
    public async Task FailedAsync(TransientRegistryException e, CancellationToken cancellationToken)
    {
        _failures++;
        _spent += e.Cost;
        TimeSpan wait = e.RetryAfter ?? policy.Backoff(_failures, Random.Shared.NextDouble());
        if (_spent >= policy.Tries || wait > RetryPolicy.LongestDelay)
        {
            throw e.Failure;
        }

        await policy.WaitAsync(e.Failure.Message, wait, cancellationToken);
    }
}
