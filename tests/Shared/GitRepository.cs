namespace EdgeSlim.Tests;

/// <summary>Makes a folder a git repository.</summary>
internal static class GitRepository
{
    /// <summary>No configuration of this machine, and always the same author and time: the same content has the same commit.</summary>
    public static IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_AUTHOR_DATE"] = "2026-01-02T03:04:05Z",
        ["GIT_COMMITTER_DATE"] = "2026-01-02T03:04:05Z",
    };

    /// <summary>Commits everything in a folder.</summary>
    /// <returns>The commit.</returns>
    public static string Commit(string folder)
    {
        string[] identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.com"];
        Command.Run(folder, Environment, "git", "init", "-q", "-b", "main").Succeeds();
        Command.Run(folder, Environment, "git", "add", "-A").Succeeds();
        Command.Run(folder, Environment, "git", [.. identity, "commit", "-q", "-m", "All"]).Succeeds();
        return Command.Run(folder, Environment, "git", "rev-parse", "HEAD").Succeeds().Output.Trim();
    }
}
