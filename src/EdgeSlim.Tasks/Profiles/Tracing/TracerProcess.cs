using System.ComponentModel;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Profiles.Tracing;

/// <summary>A tracer that runs beside this build and ends with it, however it ends.</summary>
internal sealed class TracerProcess : IAsyncDisposable
{
    private const string Ended = "edgeslim-ended";

    // The standard input of the shell ends with this process, also where that is killed; then the tracer is told to end. It is
    // told again until it does: one that has only just been started does not listen yet.
    private const string Script = $"""
        exec 3<&0
        "$@" 3<&- </dev/null & tracer=$!
        (read -r _ <&3; while kill -s "$0" $tracer; do sleep 2; done) >/dev/null 2>&1 & watch=$!
        wait $tracer
        echo {Ended}
        kill $watch 2>/dev/null
        """;

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _killing = new();
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private readonly ITraceReader _reader;
    private Task<ProcessResult> _run = Task.FromResult(new ProcessResult(0, "", ""));
    private string _lastWords = "it said nothing";

    private TracerProcess(string name, ITraceReader reader) => (_name, _reader) = (name, reader);

    /// <summary>Starts a tracer, and waits until it watches.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="signal">The signal that ends it.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Its environment variables.</param>
    /// <param name="reader">What understands it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The tracer.</returns>
    /// <exception cref="EdgeException">It does not watch (EDGE6043).</exception>
    public static async Task<TracerProcess> StartAsync(
        string name,
        string signal,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        ITraceReader reader,
        CancellationToken cancellationToken)
    {
        TracerProcess tracer = new(name, reader);
        try
        {
            tracer._run = ExternalProcess.RunAsync(
                new ProcessRequest("/bin/sh", ["-c", Script, signal, .. command])
                {
                    Environment = environment,
                    OnLine = tracer.Take,
                    WriteInput = (_, _) => tracer._stop.Task,
                    TimeLimit = Timeout.InfiniteTimeSpan,
                },
                tracer._killing.Token);
            Task first = await Task.WhenAny(tracer._ready.Task, tracer._ended.Task, tracer._run, Task.Delay(StartTime, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            return first == tracer._ready.Task ? tracer : throw tracer.Failed();
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.TracerFailed, name, e.Message);
        }
        catch
        {
            await tracer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What it saw.</returns>
    /// <exception cref="EdgeException">It did not end, or saw nothing (EDGE6043).</exception>
    public async Task<Trace> StopAsync(CancellationToken cancellationToken)
    {
        _stop.TrySetResult();
        await Task.WhenAny(_run, Task.Delay(EndTime, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        if (!_run.IsCompletedSuccessfully)
        {
            throw Failed();
        }

        Trace trace = _reader.ToTrace();
        return trace.Programs.Count > 0 && trace.Syscalls.Count > 0
            ? trace
            : throw new EdgeException(DiagnosticCodes.TracerFailed, _name, "it saw nothing of the container; is this build itself in one?");
    }

    public async ValueTask DisposeAsync()
    {
        _stop.TrySetResult();
        await _killing.CancelAsync();
        await Task.WhenAny(_run);
        _killing.Dispose();
    }

    private void Take(string line)
    {
        if (line == Ended)
        {
            _ended.TrySetResult();
            return;
        }

        // Both streams come here, and each is read on its own.
        lock (_reader)
        {
            _reader.Take(line);
            if (_reader.IsReady)
            {
                _ready.TrySetResult();
            }
            else if (line.Length > 0)
            {
                _lastWords = line;
            }
        }
    }

    private EdgeException Failed() => new(DiagnosticCodes.TracerFailed, _name, _lastWords);
}
