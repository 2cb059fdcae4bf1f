using System.Collections.Concurrent;

namespace EdgeSlim.Registry;

/// <summary>Lets those who want the same thing at the same time share the work.</summary>
/// <typeparam name="TKey">What names it.</typeparam>
/// <typeparam name="T">What comes out.</typeparam>
internal sealed class InFlight<TKey, T>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Task<T>> _running = new();

    /// <summary>Does the work, or waits for whoever does it already.</summary>
    /// <param name="key">What it is.</param>
    /// <param name="work">Does it.</param>
    /// <param name="shared">What it is for who only waited.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> RunAsync(TKey key, Func<Task<T>> work, T shared, CancellationToken cancellationToken)
    {
        while (true)
        {
            var mine = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<T> running = _running.GetOrAdd(key, mine.Task);
            if (running == mine.Task)
            {
                return await WorkAsync(key, work, mine);
            }

            try
            {
                await running.WaitAsync(cancellationToken);
                return shared;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The other was given up, this one was not.
            }
        }
    }

    private async Task<T> WorkAsync(TKey key, Func<Task<T>> work, TaskCompletionSource<T> done)
    {
        try
        {
            T result = await work();
            _running.TryRemove(key, out _);
            done.SetResult(result);
            return result;
        }
        catch (OperationCanceledException)
        {
            _running.TryRemove(key, out _);
            done.SetCanceled(CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            _running.TryRemove(key, out _);
            done.SetException(e);
            // Where nobody waited nobody looks at it.
            _ = done.Task.Exception;
            throw;
        }
    }
}
