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
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The engine, or why there is none.</returns>
    public async Task<(ITrialEngine? Engine, string WhyNot)> FindAsync(
        string? wanted, string? runtime, CancellationToken cancellationToken)
    {
        List<string> reasons = [];
        foreach (string name in wanted is null ? Usual(runtime) : [wanted])
        {
            (ITrialEngine? engine, string whyNot) = await FindOneAsync(name, cancellationToken);
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
            return PlainEngine.Find(tools);
        }

        if (tools.Find(name) is not string path)
        {
            return (null, $"'{name}' is not on PATH");
        }

        bool isBare = BareRuntime.IsOne(path);
        string? reason = isBare && !Environment.IsPrivilegedProcess
            ? "it needs root"
            : await WhyNotAsync(path, isBare ? "--version" : "version", cancellationToken);
        return reason is not null
            ? (null, $"'{name}' does not work: {reason}")
            : (isBare ? new BareEngine(path) : new CommandLineEngine(path), "");
    }

    // The program may be there without the service that it talks to.
    private static async Task<string?> WhyNotAsync(string path, string command, CancellationToken cancellationToken)
    {
        try
        {
            ProcessResult result = await new EngineCommand(path).TryAsync(cancellationToken, command);
            return result.ExitCode == 0 ? null : result.LastErrorLine;
        }
        catch (EdgeException e)
        {
            return e.Message;
        }
    }
}
