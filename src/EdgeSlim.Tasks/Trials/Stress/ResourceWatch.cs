using System.Diagnostics;
using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Trials.Stress;

/// <summary>Looks at the control group of a container and at its process a few times a second, over all its restarts.</summary>
internal sealed class ResourceWatch
{
    private const int MostSamples = 1200;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private readonly List<ResourceSample> _samples = [];
    private readonly TimeSpan _interval;
    private readonly long _begin = Stopwatch.GetTimestamp();
    private CgroupPaths? _groups;
    private int? _process;

    /// <param name="duration">How long it is going to look, about.</param>
    public ResourceWatch(TimeSpan duration) =>
        _interval = TimeSpan.FromTicks(Math.Max(Shortest.Ticks, duration.Ticks / MostSamples));

    public IReadOnlyList<ResourceSample> Samples
    {
        get
        {
            lock (_samples)
            {
                return [.. _samples];
            }
        }
    }

    /// <summary>Looks at a container until it ends.</summary>
    /// <param name="process">Its process; null where none can be seen.</param>
    /// <param name="memoryLimit">The limit by which its control group is known to be its own.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task WatchAsync(int? process, long memoryLimit, CancellationToken cancellationToken)
    {
        _process = process;
        CgroupPaths? groups = process is int id ? CgroupPaths.Find(id) : null;
        _groups = groups is not null && CgroupReading.Read(groups).Holds(memoryLimit) ? groups : null;
        try
        {
            while (true)
            {
                Look();
                await Task.Delay(_interval, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            Look();
        }
    }

    private void Look()
    {
        CgroupSample? seen = _groups is null ? null : CgroupSample.Parse(_groups, CgroupFile.Read);
        if (seen?.MemoryBytes is null && _groups is not null)
        {
            return;
        }

        lock (_samples)
        {
            _samples.Add(new ResourceSample(
                Math.Round(Stopwatch.GetElapsedTime(_begin).TotalSeconds, 2),
                seen?.MemoryBytes,
                seen?.AnonymousBytes,
                seen?.CpuTime?.TotalMilliseconds,
                seen?.Periods,
                seen?.ThrottledPeriods,
                seen?.ThrottledTime?.TotalMilliseconds,
                FileDescriptors()));
        }
    }

    private int? FileDescriptors()
    {
        try
        {
            return _process is int id ? Directory.GetFileSystemEntries($"/proc/{id}/fd").Length : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
