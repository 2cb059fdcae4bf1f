using System.Collections.Concurrent;
using System.Globalization;

namespace EdgeSlim.Tests;

/// <summary>
/// The MSBuild servers, nodes and compiler servers of this run. They outlive the commands that start them, as they do for a
/// user, and belong to this run alone: MSBuild connects only to processes with the same salt.
/// </summary>
internal static class BuildServers
{
    private const string Salt = "MSBUILDNODEHANDSHAKESALT";

    private static readonly string Run = $"edgeslim-{Guid.NewGuid():N}";
    private static readonly ConcurrentBag<int> Free = [];
    private static int _count;

    /// <summary>Takes a server that no other test uses: one that is busy lets the command build without it.</summary>
    public static int Take() => Free.TryTake(out int server) ? server : Interlocked.Increment(ref _count);

    public static void Return(int server) => Free.Add(server);

    /// <summary>What a command has in its environment to use a server.</summary>
    public static IEnumerable<(string Name, string? Value)> Environment(int server) =>
    [
        (Salt, $"{Run}-{server}"),
        ("DOTNET_CLI_USE_MSBUILD_SERVER", "1"),
        ("MSBUILDDISABLENODEREUSE", null),
    ];

    /// <summary>Ends all of this run, by their process ids.</summary>
    public static void End()
    {
        string[] processes =
        [
            .. Directory.EnumerateDirectories("/proc").Where(p => Path.GetFileName(p).All(char.IsAsciiDigit) && IsOfThisRun(p)).Select(p => Path.GetFileName(p)),
        ];
        if (processes.Length > 0)
        {
            Command.Run("/", "kill", [.. processes]);
        }
    }

    private static bool IsOfThisRun(string process)
    {
        try
        {
            return !process.EndsWith(System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                && File.ReadAllText(Path.Combine(process, "environ")).Contains($"{Salt}={Run}", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is another user's.
            return false;
        }
    }
}
