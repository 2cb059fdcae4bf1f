namespace EdgeSlim.Trials;

/// <summary>
/// Memory over time, in a bounded number of points: where there would be too many, every second one goes, and from then on
/// they lie twice as far apart.
/// </summary>
public sealed class MemorySeries
{
    /// <summary>How many points there are at most.</summary>
    public const int MaxPoints = 120;

    private readonly List<MemoryPoint> _points = [];
    private TimeSpan _interval = TimeSpan.FromMilliseconds(5);
    private TimeSpan _next = TimeSpan.Zero;

    /// <summary>The points, oldest first.</summary>
    public IReadOnlyList<MemoryPoint> Points
    {
        get
        {
            lock (_points)
            {
                return [.. _points];
            }
        }
    }

    /// <summary>Takes what was seen, where it is time for a point.</summary>
    /// <param name="time">Since the start.</param>
    /// <param name="bytes">What was held.</param>
    public void Add(TimeSpan time, long bytes)
    {
        lock (_points)
        {
            if (time < _next)
            {
                return;
            }

            if (_points.Count == MaxPoints)
            {
                for (int i = 0; i < MaxPoints / 2; i++)
                {
                    _points[i] = _points[2 * i];
                }

                _points.RemoveRange(MaxPoints / 2, MaxPoints / 2);
                _interval *= 2;
            }

            _points.Add(new MemoryPoint(Math.Round(time.TotalMilliseconds, 1), bytes));
            _next = time + _interval;
        }
    }
}

/// <summary>Memory at one moment.</summary>
/// <param name="Milliseconds">Since the start.</param>
/// <param name="Bytes">What the control group held.</param>
public sealed record MemoryPoint(double Milliseconds, long Bytes);
