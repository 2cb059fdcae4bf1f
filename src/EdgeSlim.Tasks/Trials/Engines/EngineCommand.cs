using System.ComponentModel;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Trials.Engines;

/// <summary>An engine's program, of the kind that docker's command line made usual.</summary>
/// <param name="path">The program.</param>
internal sealed class EngineCommand(string path)
{
    /// <summary>Where it runs: podman's monitor leaves a file 'oom' in the folder that it was started in; here, nobody can leave anything.</summary>
    public const string Folder = "/proc";

    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    public string Path { get; } = path;

    public string Name { get; } = System.IO.Path.GetFileName(path);

    public bool IsPodman => Name.StartsWith("podman", StringComparison.Ordinal);

    /// <exception cref="EdgeException">It fails (EDGE6002).</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        ProcessResult result = await TryAsync(new ProcessRequest(Path, arguments), cancellationToken);
        return result.ExitCode == 0 ? result.Output.Trim() : throw Failed(arguments[0], result.LastErrorLine);
    }

    /// <exception cref="EdgeException">It cannot be started (EDGE6002).</exception>
    public async Task<ProcessResult> TryAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await ExternalProcess.RunAsync(request with { WorkingFolder = Folder }, cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw Failed(request.Arguments[0], e.Message);
        }
    }

    public Task<ProcessResult> TryAsync(CancellationToken cancellationToken, params string[] arguments) =>
        TryAsync(new ProcessRequest(Path, arguments), cancellationToken);

    /// <summary>Asks what takes the engine a moment, unless the daemon behind it hangs.</summary>
    /// <exception cref="EdgeException">It cannot be started (EDGE6002).</exception>
    public Task<ProcessResult> AskAsync(CancellationToken cancellationToken, params string[] arguments) =>
        TryAsync(new ProcessRequest(Path, arguments) { TimeLimit = AnswerTime }, cancellationToken);

    /// <summary>Removes something, also while the build is being cancelled. What is not there cannot be removed.</summary>
    public async Task CleanUpAsync(params string[] arguments)
    {
        using CancellationTokenSource timeout = new(CleanupTime);
        try
        {
            await TryAsync(new ProcessRequest(Path, arguments), timeout.Token);
        }
        catch (Exception e) when (e is EdgeException or OperationCanceledException)
        {
            // The next build's first step removes it.
        }
    }

    public EdgeException Failed(string command, string seen) => new(DiagnosticCodes.TrialEngineFailed, $"{Name} {command}", seen);
}
