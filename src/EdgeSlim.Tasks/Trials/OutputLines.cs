using System.Text.RegularExpressions;

namespace EdgeSlim.Trials;

/// <summary>What the application says: the last lines, and whether the awaited one was among all of them.</summary>
/// <param name="pattern">The awaited one.</param>
internal sealed class OutputLines(Regex? pattern)
{
    private const int Kept = 20;

    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _last = new();

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
        }

        if (pattern?.IsMatch(line) == true)
        {
            _seen.TrySetResult();
        }
    }
}
