using EdgeSlim.Processes;

namespace EdgeSlim.Trials.Engines;

/// <summary>What builds that were killed left in an engine. Of those that still run, nothing is touched.</summary>
internal static class EngineLeftovers
{
    /// <summary>Removes it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    public static async Task RemoveAsync(EngineCommand engine, CancellationToken cancellationToken)
    {
        foreach (string name in Dead(await ListAsync(engine, cancellationToken, "ps", "-a", "--filter", $"name={CommandLineEngine.Prefix}-", "--format", "{{.Names}}"), $"{CommandLineEngine.Prefix}-"))
        {
            await engine.CleanUpAsync("kill", "--signal", "KILL", name);
            await engine.CleanUpAsync("rm", "-f", "-v", name);
        }

        foreach (string name in Dead(await ListAsync(engine, cancellationToken, "images", "--format", "{{.Repository}}:{{.Tag}}"), $"{CommandLineEngine.Prefix}:"))
        {
            await engine.CleanUpAsync("rmi", name);
        }
    }

    // podman fails where another process removes a container or an image while it lists them. Then the next build removes what is left.
    private static async Task<string> ListAsync(EngineCommand engine, CancellationToken cancellationToken, params string[] arguments)
    {
        ProcessResult result = await engine.AskAsync(cancellationToken, arguments);
        return result.ExitCode == 0 ? result.Output : "";
    }

    private static IEnumerable<string> Dead(string names, string prefix) => names
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(name => name.IndexOf(prefix, StringComparison.Ordinal) is int at and >= 0
            && TrialOwner.Parse(name[(at + prefix.Length)..])?.IsDead == true);
}
