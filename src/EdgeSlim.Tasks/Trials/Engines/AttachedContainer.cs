using System.ComponentModel;
using System.Diagnostics;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// A container that one program of this machine makes and runs, and whose process a file names. The process is there, confined, and
/// waits before it becomes the application: so what it uses is counted from its first moment on.
/// </summary>
/// <param name="engine">What makes it, for messages.</param>
/// <param name="folder">All that it keeps on this machine.</param>
/// <param name="cgroup">The control group that was made for it; null where the runtime made one.</param>
internal sealed class AttachedContainer(string engine, TrialFolder folder, TrialCgroup? cgroup) : ITrialContainer
{
    private const string ProcessFile = "process";
    private const string GateFile = "go";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _end = new();
    private Action<string>? _onLine;
    private string _last = "";
    private Task<ProcessResult>? _run;

    /// <summary>What all that it keeps on this machine is called by.</summary>
    public string Name => folder.Name;

    /// <summary>The file that it waits for.</summary>
    public static string Gate(TrialFolder folder) => folder[GateFile];

    /// <summary>The file that says its process.</summary>
    public static string Process(TrialFolder folder) => folder[ProcessFile];

    /// <summary>Finds the application's process, by what the file says.</summary>
    public required Func<string, int?> Find { get; init; }

    /// <summary>Asks the application to end, where a signal to its process does not.</summary>
    public Func<CancellationToken, Task>? Terminate { get; init; }

    /// <summary>Whether a signal keeps the process from becoming the application, and it does not wait for the file.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Removes what the program leaves behind where it is killed; null where that is nothing.</summary>
    public Func<Task>? Remove { get; init; }

    /// <summary>Makes the process.</summary>
    /// <param name="request">The program that makes it, and runs as long as it does.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="EdgeException">It comes to nothing (EDGE6002).</exception>
    public async Task PrepareAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        _run = RunAsync(request);
        long begun = Stopwatch.GetTimestamp();
        int? processId;
        while ((processId = await FindProcessAsync(cancellationToken)) is null)
        {
            if (_run.IsCompleted || Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new EdgeException(
                    DiagnosticCodes.TrialEngineFailed, engine, _last.Length > 0 ? _last : "it makes no process");
            }

            await Task.Delay(Interval, cancellationToken);
        }

        if (IsStopped)
        {
            Signal.Stop(processId.Value);
        }
    }

    public async Task<int> RunAsync(Action<string> onLine, CancellationToken cancellationToken)
    {
        _onLine = onLine;
        if (IsStopped && await FindProcessAsync(cancellationToken) is int processId)
        {
            Signal.Continue(processId);
        }
        else
        {
            await File.WriteAllTextAsync(Gate(folder), "", cancellationToken);
        }

        return (await _run!.WaitAsync(cancellationToken)).ExitCode;
    }

    public Task<int?> FindProcessAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(Find(File.ReadAllText(Process(folder))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<int?>(null);
        }
    }

    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        if (Terminate is not null)
        {
            await Terminate(cancellationToken);
        }
        else if (await FindProcessAsync(cancellationToken) is int processId)
        {
            Signal.Terminate(processId);
        }
    }

    // Nobody else counts: what the group says is all there is.
    public Task<bool> WasOutOfMemoryAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public async ValueTask DisposeAsync()
    {
        if (cgroup is not null)
        {
            await cgroup.RemoveAsync();
        }

        bool isEnded = _run?.IsCompleted != false;
        await _end.CancelAsync();
        if (_run is not null)
        {
            await Task.WhenAny(_run);
        }

        if (!isEnded && Remove is not null)
        {
            await Remove();
        }

        await folder.DisposeAsync();
        _end.Dispose();
    }

    private async Task<ProcessResult> RunAsync(ProcessRequest request)
    {
        try
        {
            return await ExternalProcess.RunAsync(request with { OnLine = Take, TimeLimit = Timeout.InfiniteTimeSpan }, _end.Token);
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.TrialEngineFailed, engine, e.Message);
        }
    }

    private void Take(string line)
    {
        _last = line.Trim().Length > 0 ? line : _last;
        _onLine?.Invoke(line);
    }
}
