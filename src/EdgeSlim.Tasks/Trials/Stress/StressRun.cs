using System.Net.Sockets;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials.Stress;

/// <summary>Puts an image under load, and starts it again where it ends, as the device would.</summary>
/// <param name="engine">What runs it.</param>
/// <param name="image">The image.</param>
/// <param name="settings">What is asked for.</param>
/// <param name="noise">What works beside it; null for nothing.</param>
/// <param name="command">The user's own load; null for requests.</param>
internal sealed class StressRun(
    ITrialEngine engine, TrialImage image, StressSettings settings, NoiseMaker? noise, LoadCommand? command)
{
    private const int MostStarts = 6;

    private readonly ResourceWatch _watch = new(settings.Duration);
    private readonly List<TrialObservation> _starts = [];
    private volatile int _process;
    private Task? _load;
    private LoadResult? _result;
    private (int ExitCode, IReadOnlyList<string> LastLines)? _command;

    /// <summary>Runs it.</summary>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="EdgeException">The engine fails (EDGE6002), or the port cannot be asked (EDGE6011).</exception>
    public async Task<StressObservation> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource loading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            bool goesOn = true;
            while (goesOn && _starts.Count < MostStarts)
            {
                await using ITrialContainer container = await engine.CreateAsync(image, settings.Trial.Profile, cancellationToken);
                TrialObservation seen = await new Trial(container, settings.Trial)
                {
                    Use = (process, running) => UseAsync(process, loading.Token, running),
                }.RunAsync(cancellationToken);
                _starts.Add(seen);
                goesOn = seen.EndedItself && _load is { IsCompleted: false };
            }
        }
        finally
        {
            // Where it was not started again, the rest of the load has nobody to go to.
            await loading.CancelAsync();
            if (_load is not null)
            {
                await Task.WhenAny(_load);
            }
        }

        return new StressObservation(_starts, _result, _command, _watch.Samples);
    }

    private async Task UseAsync(int? process, CancellationToken loading, CancellationToken running)
    {
        _process = process
            ?? throw new EdgeException(DiagnosticCodes.TrialPortUnreachable, settings.Load.Port, "the engine shows no process of the container");
        _load ??= LoadAsync(loading);
        using CancellationTokenSource beside = CancellationTokenSource.CreateLinkedTokenSource(running);
        Task watch = _watch.WatchAsync(process, settings.Trial.Profile.MemoryBytes, beside.Token);
        Task noisy = noise is null ? Task.CompletedTask : noise.RunAsync(_process, beside.Token);
        try
        {
            await _load.WaitAsync(running);
        }
        finally
        {
            await beside.CancelAsync();
            await watch;
            await Task.WhenAny(noisy);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (command is not null)
        {
            _command = await command.RunAsync(_process, settings.Duration, cancellationToken);
        }
        else
        {
            _result = await new LoadGenerator(settings.Load, Connect).RunAsync(settings.Duration, cancellationToken);
        }
    }

    // Between two starts there is no process, and no network of its.
    private Socket Connect()
    {
        try
        {
            return NetworkNamespace.CreateSocket(_process);
        }
        catch (IOException)
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }
    }
}
