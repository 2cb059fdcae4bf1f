using System.Globalization;
using EdgeSlim.Processes;

namespace EdgeSlim.Trials.Engines;

/// <summary>A container of an engine, and the private name under which the engine has the image meanwhile.</summary>
/// <param name="engine">The engine.</param>
/// <param name="name">The container's name.</param>
/// <param name="image">The image's name.</param>
internal sealed class EngineContainer(EngineCommand engine, string name, string image) : ITrialContainer
{
    private const string NeverStarted = "0001-";

    private bool _hasEnded;

    public string Name { get; } = name;

    public string Image { get; } = image;

    /// <summary>What podman has to hand to the runtime with each command.</summary>
    public IReadOnlyList<string> RuntimeOptions { get; set; } = [];

    public async Task<int> RunAsync(Action<string> onLine, CancellationToken cancellationToken)
    {
        string last = "";
        ProcessRequest attach = new(
            engine.Path,
            engine.IsPodman ? ["start", .. RuntimeOptions, "--attach", "--sig-proxy=false", Name] : ["start", "--attach", Name])
        {
            // The trial has limits of its own.
            TimeLimit = Timeout.InfiniteTimeSpan,
            OnLine = line =>
            {
                last = line;
                onLine(line);
            },
        };
        ProcessResult result = await engine.TryAsync(attach, cancellationToken);
        _hasEnded = true;

        // The engine's own failures have exit codes that the application's may have too.
        return result.ExitCode != 0 && (await InspectAsync(".State.StartedAt", cancellationToken)).StartsWith(NeverStarted, StringComparison.Ordinal)
            ? throw engine.Failed("start", last)
            : result.ExitCode;
    }

    // The engine may be on another machine: then the number is of no process here, or of another one.
    public async Task<int?> FindProcessAsync(CancellationToken cancellationToken)
    {
        string[] answer = (await InspectAsync(".State.Pid}} {{.Id", cancellationToken)).Split(' ');
        return answer.Length == 2
            && int.TryParse(answer[0], CultureInfo.InvariantCulture, out int processId)
            && processId > 0
            && ProcessStatus.Read(processId) is not null
            && (engine.IsPodman || Groups(processId).Contains(answer[1], StringComparison.Ordinal))
                ? processId
                : null;
    }

    // podman has a form of its own for times, and shows its process before.
    public async Task<DateTimeOffset?> FindStartAsync(CancellationToken cancellationToken) =>
        DateTimeOffset.TryParse(
            await InspectAsync(".State.StartedAt", cancellationToken), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : null;

    public Task TerminateAsync(CancellationToken cancellationToken) =>
        engine.AskAsync(cancellationToken, "kill", "--signal", "TERM", Name);

    public async Task<bool> WasOutOfMemoryAsync(CancellationToken cancellationToken) =>
        await InspectAsync(".State.OOMKilled", cancellationToken) == "true";

    public async ValueTask DisposeAsync()
    {
        // Without the kill, podman gives an application that ignores SIGTERM ten seconds.
        if (!_hasEnded)
        {
            await engine.CleanUpAsync("kill", "--signal", "KILL", Name);
        }

        await engine.CleanUpAsync("rm", "-f", "-v", Name);
        await engine.CleanUpAsync("rmi", Image);
    }

    private async Task<string> InspectAsync(string what, CancellationToken cancellationToken) =>
        (await engine.AskAsync(cancellationToken, "inspect", "--type", "container", "--format", $"{{{{{what}}}}}", Name)).Output.Trim();

    private static string Groups(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cgroup");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
