namespace EdgeSlim.Registry.Transport;

/// <summary>Tries again what may be done twice: reading, and writing what is named by its digest.</summary>
internal sealed class RetryPolicy(Func<TimeSpan, CancellationToken, Task> delay)
{
    public const int Tries = 3;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    // A build that waits longer than this is better told why.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                return await operation(cancellationToken);
            }
            catch (TransientRegistryException e)
            {
                wait = e.RetryAfter ?? Backoff(attempt, Random.Shared.NextDouble());
                if (attempt == Tries || wait > LongestDelay)
                {
                    throw e.Failure;
                }
            }

            await delay(wait, cancellationToken);
        }
    }

    /// <summary>Doubles from try to try; the jitter keeps a fleet of builds from coming back all at once.</summary>
    /// <param name="attempt">The try that failed, from 1.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public static TimeSpan Backoff(int attempt, double jitter) => FirstDelay * (1 << (attempt - 1)) * (0.5 + jitter);
}
