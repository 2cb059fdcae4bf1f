using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Publishing;

namespace EdgeSlim.Trials.Engines;

/// <summary>Finds what can try an image on this machine.</summary>
/// <param name="tools">The machine's programs.</param>
public sealed class TrialEngines(IToolLookup tools)
{
    /// <summary>The engines, those that tell most first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["podman", "docker", "nerdctl"];

    /// <summary>Finds the engine.</summary>
    /// <param name="wanted">Its name or path; null for the first that works.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The engine, or why there is none.</returns>
    public async Task<(ITrialEngine? Engine, string WhyNot)> FindAsync(string? wanted, CancellationToken cancellationToken)
    {
        List<string> reasons = [];
        foreach (string name in wanted is null ? Names : [wanted])
        {
            if (tools.Find(name) is not string path)
            {
                reasons.Add($"'{name}' is not on PATH");
            }
            else if (await WhyNotAsync(path, cancellationToken) is string reason)
            {
                reasons.Add($"'{name}' does not work: {reason}");
            }
            else
            {
                return (new CommandLineEngine(path), "");
            }
        }

        return (null, string.Join(", ", reasons));
    }

    // The program may be there without the service that it talks to.
    private static async Task<string?> WhyNotAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            ProcessResult result = await new EngineCommand(path).TryAsync(cancellationToken, "version");
            return result.ExitCode == 0 ? null : result.LastErrorLine;
        }
        catch (EdgeException e)
        {
            return e.Message;
        }
    }
}
