using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Publishing;

namespace EdgeSlim.Trials.Engines;

/// <summary>Finds what can try an image on this machine.</summary>
/// <param name="tools">The machine's programs.</param>
public sealed class TrialEngines(IToolLookup tools)
{
    /// <summary>What works with a program named like docker's.</summary>
    public static IReadOnlyList<string> Names { get; } = ["podman", "docker", "nerdctl"];

    /// <summary>Finds the engine.</summary>
    /// <param name="wanted">Its name or path; null for the first that works, those that tell most first.</param>
    /// <param name="runtime">The OCI runtime that the user wants; null for any.</param>
    /// <param name="runsAsRoot">Whether the image runs as root. Unless the user names it, no engine runs that as root of this machine.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The engine, or why there is none.</returns>
    public async Task<(ITrialEngine? Engine, string WhyNot)> FindAsync(
        string? wanted, string? runtime, bool runsAsRoot, CancellationToken cancellationToken)
    {
        List<string> reasons = [];
        foreach (string name in wanted is null ? Usual(runtime) : [wanted])
        {
            (ITrialEngine? engine, string whyNot) = await FindOneAsync(name, cancellationToken);
            if (engine is not null && wanted is null && runsAsRoot && !await KeepsRootAwayAsync(engine, runtime, cancellationToken))
            {
                (engine, whyNot) = (null, $"'{name}' would run the image as root of this machine");
            }

            if (engine is not null)
            {
                return (engine, "");
            }

            reasons.Add(whyNot);
        }

        return (null, string.Join(", ", reasons));
    }

    // A runtime without an engine is itself the engine.
    private static IEnumerable<string> Usual(string? runtime) =>
        runtime is null ? [.. Names, .. BareRuntime.Names.Where(n => !Gvisor.IsRuntime(n)), PlainEngine.EngineName]
        : BareRuntime.IsOne(runtime) ? [.. Names, runtime]
        : Names;

    private async Task<(ITrialEngine? Engine, string WhyNot)> FindOneAsync(string name, CancellationToken cancellationToken)
    {
        if (name == PlainEngine.EngineName)
        {
            return OperatingSystem.IsLinux() ? PlainEngine.Find() : (null, $"'{name}' needs Linux");
        }

        if (tools.Find(name) is not string path)
        {
            return (null, $"'{name}' is not on PATH");
        }

        bool isBare = BareRuntime.IsOne(path);
        (bool works, string answer) = isBare && !Environment.IsPrivilegedProcess
            ? (false, "it needs root")
            : await AskAsync(path, isBare ? "--version" : "version", cancellationToken);

        // One that talks to a service names the version of that too.
        return !works ? (null, $"'{name}' does not work: {answer}")
            : isBare ? (new BareEngine(path), "")
            : (new CommandLineEngine(path) { IsHere = !answer.Contains("Server:", StringComparison.Ordinal) }, "");
    }

    // The runtimes and 'plain' make a user namespace, or fail. gVisor always makes one, and so does podman of a user who is not root.
    // What docker does, its daemon is set up for.
    private static async Task<bool> KeepsRootAwayAsync(ITrialEngine engine, string? runtime, CancellationToken cancellationToken) =>
        engine is not CommandLineEngine command || Gvisor.IsRuntime(runtime) || await command.HasUserNamespaceAsync(cancellationToken);

    // The program may be there without the service that it talks to.
    private static async Task<(bool Works, string Answer)> AskAsync(string path, string command, CancellationToken cancellationToken)
    {
        try
        {
            ProcessResult result = await new EngineCommand(path).AskAsync(cancellationToken, command);
            return result.ExitCode == 0 ? (true, result.Output) : (false, result.LastErrorLine);
        }
        catch (EdgeException e)
        {
            return (false, e.Message);
        }
    }
}
