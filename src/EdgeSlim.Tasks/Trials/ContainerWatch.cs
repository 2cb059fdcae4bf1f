using System.Diagnostics;
using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Trials;

/// <summary>
/// Looks at the process of a container and at its control group every few milliseconds, from before the application
/// starts until the engine removes the group, which is some time after the application's end.
/// </summary>
internal sealed class ContainerWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ProcessStatus? _before;
    private readonly CgroupPaths? _groups;
    private readonly Lock _looking = new();
    private CgroupReading _reading = CgroupReading.None;
    private long _lastLook = Stopwatch.GetTimestamp();

    /// <summary>Begins to watch.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="startedAt">
    /// When it started (Stopwatch ticks), where it may be the application already; null where it waits for its start.
    /// </param>
    public ContainerWatch(int processId, long? startedAt = null)
    {
        ProcessId = processId;
        _before = ProcessStatus.Read(processId);
        _groups = CgroupPaths.Find(processId);
        StartedAt = _before is not null && !IsRuntime(_before.Name) ? startedAt : null;
    }

    public int ProcessId { get; }

    /// <summary>
    /// When the runtime's own process became the application, or, where that came to pass before it could be seen, when it started all the
    /// same (Stopwatch ticks); null where neither is known.
    /// </summary>
    public long? StartedAt { get; private set; }

    /// <summary>When the application ended; null while it runs.</summary>
    public long? EndedAt { get; private set; }

    /// <summary>Its memory over time, from its start on.</summary>
    public MemorySeries Memory { get; } = new();

    /// <summary>Comes to its end with the application.</summary>
    public Task Ended => _ended.Task;

    /// <summary>
    /// Starts to look, on a thread of its own. When all threads of the pool are busy, a look on the pool would come too late.
    /// </summary>
    /// <param name="cancellationToken">Stops the watch.</param>
    public void Start(CancellationToken cancellationToken) => new Thread(() => Watch(cancellationToken))
    {
        IsBackground = true,
        Name = "EdgeSlim trial",
    }.Start();

    /// <summary>Looks once more: the application may have ended since the last look.</summary>
    /// <returns>All that was seen of the control group.</returns>
    public CgroupReading Read()
    {
        Look();
        return _reading;
    }

    // runc, crun and what is made like them have their own name until they become the application ("runc:[2:INIT]").
    private static bool IsRuntime(string name) => name.StartsWith("runc", StringComparison.Ordinal) || name.StartsWith("crun", StringComparison.Ordinal);

    private void Watch(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Look();
            Thread.Sleep(Interval);
        }

        // The group may be gone by now.
        Look();
    }

    private void Look()
    {
        lock (_looking)
        {
            // It started after the last look at which it was not there yet: the time is rather too long than too short.
            long looked = Stopwatch.GetTimestamp();
            ProcessStatus? now = ProcessStatus.Read(ProcessId);
            if (StartedAt is null && _before is not null && now?.Name != _before.Name)
            {
                StartedAt = _lastLook;
            }

            _lastLook = looked;

            if (_groups is not null)
            {
                CgroupReading reading = CgroupReading.Read(_groups);
                _reading = _reading.With(reading);
                if (StartedAt is long start && EndedAt is null && reading.MemoryBytes is long bytes)
                {
                    Memory.Add(Stopwatch.GetElapsedTime(start, looked), bytes);
                }
            }

            if (EndedAt is null && (now is null || now.IsEnded || now.StartTime != _before?.StartTime))
            {
                EndedAt = Stopwatch.GetTimestamp();
                _ended.TrySetResult();
            }
        }
    }
}
