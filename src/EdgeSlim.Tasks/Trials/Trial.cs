using System.Diagnostics;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;
using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Trials;

/// <summary>Starts an image as a device would, waits until it is ready, measures, and asks it to end.</summary>
/// <param name="container">The container, which does not run yet.</param>
/// <param name="settings">What is asked for.</param>
public sealed class Trial(ITrialContainer container, TrialSettings settings)
{
    private const int Killed = 128 + 9;
    private const double NearlyAll = 0.98;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Appearing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tidying = TimeSpan.FromSeconds(60);

    private readonly OutputLines _output = new(
        settings.Readiness.LogPattern is string pattern ? new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) : null);

    /// <summary>
    /// What is done with the application once it is ready, before it is asked to end. It is given the application's process, null
    /// where none can be seen, and a token that is cancelled when the application ends.
    /// </summary>
    public Func<int?, CancellationToken, Task> Use { get; init; } = (_, _) => Task.CompletedTask;

    private ContainerWatch? _watch;
    private PortProbe? _probe;
    private WebProbe? _web;
    private long _begun;

    private long Start => _watch?.StartedAt ?? _begun;

    /// <summary>Runs the trial.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="EdgeException">The engine fails (EDGE6002), or the port cannot be asked (EDGE6011).</exception>
    public async Task<TrialObservation> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Watch(await container.FindProcessAsync(cancellationToken), startedAt: null, ending.Token);
        _begun = Stopwatch.GetTimestamp();
        Task<int> run = container.RunAsync(_output.Take, ending.Token);
        try
        {
            // An engine that shows no process before the start shows it after.
            while (_watch is null && !run.IsCompleted && Stopwatch.GetElapsedTime(_begun) < Appearing)
            {
                if (await container.FindProcessAsync(cancellationToken) is int processId)
                {
                    DateTimeOffset? reported = await container.FindStartAsync(cancellationToken);
                    Watch(processId, ApplicationStart.Find(processId, reported, _begun), ending.Token);
                }

                await Task.Delay(Interval, cancellationToken);
            }

            return await ObserveAsync(run, ending.Token);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAny(run);
        }
    }

    private void Watch(int? processId, long? startedAt, CancellationToken cancellationToken)
    {
        if (processId is int id)
        {
            _watch = new ContainerWatch(id, startedAt);
            _watch.Start(cancellationToken);
        }
    }

    private async Task<TrialObservation> ObserveAsync(Task<int> run, CancellationToken cancellationToken)
    {
        Task ended = _watch is null ? run : Task.WhenAny(_watch.Ended, run);
        _web = settings.Web is WebQuestion question ? new WebProbe(_watch?.ProcessId, question) : null;
        using CancellationTokenSource opening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task open = _web?.WaitAsync(opening.Token) ?? Task.CompletedTask;
        (bool isReady, TimeSpan? startup) = await WaitUntilReadyAsync(ended, open, cancellationToken);
        IReadOnlyList<RouteAnswer> routes = [];
        if (_web is not null && isReady && !ended.IsCompleted)
        {
            await Task.WhenAny(open, ended, Task.Delay(Rest(settings.Limits.Timeout), cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            routes = await _web.AskAsync(cancellationToken);
            startup ??= _web.OpenedAt is long opened ? Stopwatch.GetElapsedTime(Start, opened) : null;
        }

        await opening.CancelAsync();
        await open;
        if (isReady && !ended.IsCompleted)
        {
            await UseAsync(ended, cancellationToken);
        }

        bool endedItself = ended.IsCompleted;
        TimeSpan? lifetime = endedItself ? Stopwatch.GetElapsedTime(Start, _watch?.EndedAt ?? Stopwatch.GetTimestamp()) : null;
        TimeSpan? stop = null;
        if (!endedItself && isReady)
        {
            stop = await StopAsync(ended, cancellationToken);
        }

        // The engine tells the exit code when it has tidied up, which takes its own time.
        await Task.WhenAny(run, Task.Delay(ended.IsCompleted ? Tidying : TimeSpan.Zero, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        int? exitCode = run.IsCompleted ? await run : null;
        if (endedItself && (settings.Readiness.Exits || (settings.Readiness.MayExit && !isReady)))
        {
            isReady = exitCode == 0 && (_output.Seen.IsCompleted || settings.Readiness.LogPattern is null);
            startup = isReady ? lifetime : null;
        }

        // A group without the limit is not the container's own: what it shows is of others too.
        CgroupReading reading = _watch?.Read() ?? CgroupReading.None;
        bool isLimited = reading.Holds(settings.Profile.MemoryBytes);
        bool isKilledAtLimit = exitCode == Killed && endedItself && reading.PeakBytes > settings.Profile.MemoryBytes * NearlyAll;
        return new TrialObservation
        {
            Startup = startup,
            IsReady = isReady,
            ReadyWhen = settings.Readiness.ToString(),
            LastAnswer = isReady ? null : _probe?.LastSeen,
            Port = _web?.Port,
            IsPortOpen = _web is { CanAsk: true } ? _web.OpenedAt is not null : null,
            Routes = routes,
            Exceptions = _output.Exceptions,
            MemoryLimitBytes = settings.Profile.MemoryBytes,
            IsLimited = _watch is null ? null : isLimited,
            PeakBytes = isLimited ? reading.PeakBytes : null,
            Memory = isLimited ? _watch!.Memory.Points : [],
            CpuTime = isLimited ? reading.CpuTime : null,
            IsOutOfMemory = isLimited && (reading.OutOfMemoryKills > 0 || isKilledAtLimit)
                || (endedItself && await container.WasOutOfMemoryAsync(cancellationToken)),
            OutOfMemoryKills = isLimited ? reading.OutOfMemoryKills ?? 0 : 0,
            EndedItself = endedItself,
            IsCrashed = TrialJudge.IsCrash(endedItself, exitCode, settings.Readiness),
            Lifetime = lifetime,
            ExitCode = exitCode,
            Stop = stop,
            IgnoredStop = isReady && !ended.IsCompleted,
            LastLines = _output.Last,
        };
    }

    private TimeSpan Rest(TimeSpan time) => time - Stopwatch.GetElapsedTime(Start) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero;

    private async Task<(bool IsReady, TimeSpan? Startup)> WaitUntilReadyAsync(Task ended, Task open, CancellationToken cancellationToken)
    {
        Readiness readiness = settings.Readiness;
        if (readiness.Exits)
        {
            await Task.WhenAny(ended, Task.Delay(settings.Limits.Timeout, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            return (false, null);
        }

        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> signs = [];
        if (readiness.LogPattern is not null)
        {
            signs.Add(_output.Seen);
        }

        if (readiness.Port is int port)
        {
            int processId = _watch?.ProcessId
                ?? throw new EdgeException(DiagnosticCodes.TrialPortUnreachable, port, "the engine shows no process of the container");
            _probe = new PortProbe(processId, port, readiness.HttpPath);
            signs.Add(_probe.WaitAsync(waiting.Token));
        }

        Task all = Task.WhenAll(signs);
        await Task.WhenAny(all, ended, Task.Delay(settings.Limits.Timeout, waiting.Token));
        long now = Stopwatch.GetTimestamp();
        bool isReady = all.IsCompletedSuccessfully;
        await waiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (all.Exception?.InnerException is UnauthorizedAccessException e)
        {
            throw new EdgeException(e, DiagnosticCodes.TrialPortUnreachable, readiness.Port, e.Message);
        }

        TimeSpan? startup = isReady && signs.Count > 0 ? Stopwatch.GetElapsedTime(Start, now) : null;
        if (isReady && Rest(readiness.Alive) is var rest && rest > TimeSpan.Zero)
        {
            // A web application whose port is open is alive.
            await Task.WhenAny(ended, Task.Delay(rest, cancellationToken), readiness.MayExit && _web is { CanAsk: true } ? open : Task.Delay(Timeout.Infinite, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            isReady = !ended.IsCompleted;
        }

        return (isReady, startup);
    }

    private async Task UseAsync(Task ended, CancellationToken cancellationToken)
    {
        using CancellationTokenSource running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task use = Use(_watch?.ProcessId, running.Token);
        await Task.WhenAny(use, ended);
        await running.CancelAsync();
        try
        {
            await use;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The application ended before.
        }
    }

    private async Task<TimeSpan?> StopAsync(Task ended, CancellationToken cancellationToken)
    {
        long asked = Stopwatch.GetTimestamp();

        // Directly where it is known to be the application's own process: the engine takes a tenth of a second for it.
        if (_watch?.StartedAt is null || !Signal.Terminate(_watch.ProcessId))
        {
            await container.TerminateAsync(cancellationToken);
        }

        await Task.WhenAny(ended, Task.Delay(settings.Limits.MaxStop, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return ended.IsCompleted ? Stopwatch.GetElapsedTime(asked, _watch?.EndedAt ?? Stopwatch.GetTimestamp()) : null;
    }
}
