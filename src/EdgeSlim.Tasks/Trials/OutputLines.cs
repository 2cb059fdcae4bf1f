using System.Text.RegularExpressions;
using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Trials;

/// <summary>What the application says: the last lines, the unhandled exceptions, and whether the awaited line was among all of them.</summary>
/// <param name="pattern">The awaited one.</param>
internal sealed class OutputLines(Regex? pattern)
{
    private const int Kept = 20;

    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _last = new();
    private readonly ExceptionReader _exceptions = new();

    public Task Seen => _seen.Task;

    public IReadOnlyList<string> Last
    {
        get
        {
            lock (_last)
            {
                return [.. _last];
            }
        }
    }

    public IReadOnlyList<UnhandledError> Exceptions
    {
        get
        {
            lock (_last)
            {
                return _exceptions.Found;
            }
        }
    }

    // Both streams of the application come here.
    public void Take(string line)
    {
        lock (_last)
        {
            if (_last.Count == Kept)
            {
                _last.Dequeue();
            }

            _last.Enqueue(line);
            _exceptions.Take(line);
        }

        try
        {
            if (pattern?.IsMatch(line) == true)
            {
                _seen.TrySetResult();
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // A pattern that takes so long for a line has not matched it.
        }
    }
}
