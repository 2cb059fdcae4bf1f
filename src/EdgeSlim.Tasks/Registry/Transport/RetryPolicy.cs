using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry.Transport;

/// <summary>Tries again what may be done twice: reading, and writing what is named by its digest.</summary>
/// <param name="options">How often and how soon.</param>
/// <param name="isReached">Whether the registry ever answered. What never did is more likely misspelt than busy.</param>
internal sealed class RetryPolicy(RegistryOptions options, Func<bool> isReached)
{
    // A build that waits longer than this is better told why.
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    /// <summary>How often something may fail in a row.</summary>
    public int Tries => isReached() ? options.Tries : Math.Min(options.Tries, RegistryOptions.TriesToReach);

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        Attempts attempts = Begin();
        while (true)
        {
            try
            {
                return await operation(cancellationToken);
            }
            catch (TransientRegistryException e)
            {
                await attempts.FailedAsync(e, cancellationToken);
            }
        }
    }

    /// <summary>For what can get on between two failures.</summary>
    public Attempts Begin() => new(this);

    public Task WaitAsync(string failure, TimeSpan wait, CancellationToken cancellationToken)
    {
        options.Diagnostics?.Information(
            string.Create(CultureInfo.InvariantCulture, $"{failure} It is tried again in {wait.TotalSeconds:0.#} s."));
        return options.Delay(wait, cancellationToken);
    }

    /// <summary>Doubles from try to try; the jitter keeps a fleet of builds from coming back all at once.</summary>
    /// <param name="attempt">The try that failed, from 1.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public TimeSpan Backoff(int attempt, double jitter)
    {
        TimeSpan wait = options.FirstDelay * Math.Pow(2, attempt - 1) * (0.5 + jitter);
        return wait < LongestBackoff ? wait : LongestBackoff;
    }
}
