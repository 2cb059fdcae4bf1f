using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Publishing;

namespace EdgeSlim.Trials.Stress;

/// <summary>The user's own program that makes the load: in the network of the application, but otherwise on this machine.</summary>
/// <param name="nsenter">The program nsenter(1).</param>
/// <param name="load">The load.</param>
internal sealed class LoadCommand(string nsenter, StressLoad load)
{
    /// <summary>Where the application is.</summary>
    public const string UrlVariable = "EDGE_STRESS_URL";

    /// <summary>How long the load is to take.</summary>
    public const string SecondsVariable = "EDGE_STRESS_SECONDS";

    private const int KeptLines = 20;

    /// <summary>Finds what it needs, where there is a command.</summary>
    /// <exception cref="EdgeException">It is not there (EDGE6026).</exception>
    public static LoadCommand? Find(IToolLookup tools, StressLoad load) =>
        load.Command is null ? null
        : tools.Find("nsenter") is string nsenter ? new LoadCommand(nsenter, load)
        : throw new EdgeException(DiagnosticCodes.StressCommandFailed, load.Command, "'nsenter' (util-linux) is not on PATH");

    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>Runs it to its end.</summary>
    /// <param name="process">A process of the container.</param>
    /// <param name="duration">How long the load is to take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Its exit code and what it said last.</returns>
    public async Task<(int ExitCode, IReadOnlyList<string> LastLines)> RunAsync(
        int process, TimeSpan duration, CancellationToken cancellationToken)
    {
        Queue<string> last = new();
        ProcessResult result = await ExternalProcess.RunAsync(
            new ProcessRequest(
                nsenter, ["--target", process.ToString(CultureInfo.InvariantCulture), "--net", "/bin/sh", "-c", load.Command!])
            {
                WorkingFolder = load.CommandFolder,
                TimeLimit = (2 * duration) + Slack,
                Environment = new Dictionary<string, string>
                {
                    [UrlVariable] = $"http://127.0.0.1:{load.Port}{load.Path}",
                    [SecondsVariable] = duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
                },
                OnLine = line =>
                {
                    lock (last)
                    {
                        last.Enqueue(line);
                        while (last.Count > KeptLines)
                        {
                            last.Dequeue();
                        }
                    }
                },
            },
            cancellationToken);
        return (result.ExitCode, [.. last]);
    }
}
