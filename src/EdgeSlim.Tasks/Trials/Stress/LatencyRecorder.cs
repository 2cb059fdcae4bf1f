using HdrHistogram;

namespace EdgeSlim.Trials.Stress;

/// <summary>
/// Counts latencies, in all and for each part of the run. A latency is counted from when its request was due, not from when it
/// was sent: a server that holds up everybody behind a slow request is to blame for their waits too.
/// </summary>
/// <param name="duration">How long the run is.</param>
internal sealed class LatencyRecorder(TimeSpan duration)
{
    private const long Longest = 10L * 60 * 1_000_000;
    private const int Digits = 3;
    private const int PartDigits = 2;
    private const int MostParts = 120;

    private readonly LongHistogram _all = new(Longest, Digits);
    private readonly LongHistogram _lateness = new(Longest, Digits);
    private readonly SortedDictionary<int, Part> _parts = [];
    private readonly double _partSeconds = Math.Max(1, duration.TotalSeconds / MostParts);
    private readonly Dictionary<string, long> _errors = new(StringComparer.Ordinal);

    /// <summary>Takes what came of a request.</summary>
    /// <param name="due">When it was due, from the begin of the run.</param>
    /// <param name="lateness">How much later it was sent.</param>
    /// <param name="latency">From when it was due to the end of its answer.</param>
    /// <param name="error">What went wrong; null where nothing did.</param>
    public void Add(TimeSpan due, TimeSpan lateness, TimeSpan latency, string? error)
    {
        lock (_parts)
        {
            int index = (int)(due.TotalSeconds / _partSeconds);
            if (!_parts.TryGetValue(index, out Part? part))
            {
                _parts[index] = part = new Part(new LongHistogram(Longest, PartDigits));
            }

            part.Requests++;
            _lateness.RecordValue(Microseconds(lateness));
            if (error is null)
            {
                _all.RecordValue(Microseconds(latency));
                part.Latencies.RecordValue(Microseconds(latency));
            }
            else
            {
                part.Errors++;
                _errors[error] = _errors.GetValueOrDefault(error) + 1;
            }
        }
    }

    /// <summary>What was counted.</summary>
    public LoadResult Result()
    {
        lock (_parts)
        {
            long errors = _errors.Values.Sum();
            return new LoadResult
            {
                Requests = _all.TotalCount + errors,
                Errors = errors,
                ErrorKinds = new SortedDictionary<string, long>(_errors, StringComparer.Ordinal),
                Latency = _all.TotalCount == 0 ? null : Latencies.Of(_all),
                Lateness = _lateness.TotalCount == 0 ? null : Latencies.Of(_lateness),
                Parts =
                [
                    .. _parts.Select(p => new LoadPart(
                        Math.Round(p.Key * _partSeconds, 1),
                        p.Value.Requests,
                        p.Value.Errors,
                        p.Value.Latencies.TotalCount == 0 ? null : Latencies.Milliseconds(p.Value.Latencies, 50),
                        p.Value.Latencies.TotalCount == 0 ? null : Latencies.Milliseconds(p.Value.Latencies, 99))),
                ],
            };
        }
    }

    private static long Microseconds(TimeSpan time) => Math.Clamp((long)time.TotalMicroseconds, 1, Longest);

    private sealed record Part(LongHistogram Latencies)
    {
        public long Requests { get; set; }

        public long Errors { get; set; }
    }
}
