using System.ComponentModel;
using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Publishing;
using EdgeSlim.Trials;

namespace EdgeSlim.Profiles;

/// <summary>What is done with an application so that it shows what it touches.</summary>
/// <param name="Port">The port that is asked.</param>
/// <param name="Paths">EdgeProfileHttp: the paths that are asked for.</param>
/// <param name="Command">EdgeProfileCommand: a command for the shell; null for none.</param>
/// <param name="Folder">The folder that it runs in.</param>
public sealed record Exercise(int Port, IReadOnlyList<string> Paths, string? Command, string Folder)
{
    /// <summary>The variable that tells the command where the application is.</summary>
    public const string UrlVariable = "EDGE_PROFILE_URL";

    private const int Times = 20;
    private const int AtOnce = 4;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    /// <summary>Does it.</summary>
    /// <param name="processId">The process of the application.</param>
    /// <param name="tools">The machine's programs.</param>
    /// <param name="diagnostics">Where to say what came of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The work.</returns>
    /// <exception cref="EdgeException">A path gets no answer, or the command fails (EDGE6046).</exception>
    public async Task RunAsync(int processId, IToolLookup tools, IDiagnosticSink diagnostics, CancellationToken cancellationToken)
    {
        using HttpClient client = ContainerHttp.CreateClient(processId, Port, AnswerTime);
        foreach (string path in Paths)
        {
            diagnostics.Important($"Asked {Times} times for {path}: {await AskAsync(client, path, cancellationToken)}.");
        }

        if (Command is not null)
        {
            await CommandAsync(Command, processId, tools, diagnostics, cancellationToken);
        }
    }

    // Several at once, so that the application starts threads.
    private static async Task<string> AskAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        int[] statuses = new int[Times];
        try
        {
            await Parallel.ForAsync(0, Times, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) =>
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), token);
                statuses[i] = (int)answer.StatusCode;
            });
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new EdgeException(e, DiagnosticCodes.ExerciseFailed, $"http://localhost{path}", e.GetBaseException().Message);
        }

        return string.Join(", ", statuses.CountBy(s => s).OrderBy(s => s.Key).Select(s => $"status {s.Key} {s.Value} times"));
    }

    // In the container's network, of which the host sees nothing.
    private async Task CommandAsync(
        string command, int processId, IToolLookup tools, IDiagnosticSink diagnostics, CancellationToken cancellationToken)
    {
        string id = processId.ToString(CultureInfo.InvariantCulture);
        string[] shell = ["/bin/sh", "-c", command];
        string[] words = tools.Find("nsenter") is string nsenter ? [nsenter, $"--net=/proc/{id}/ns/net", .. shell] : shell;
        string last = "it said nothing";
        try
        {
            ProcessResult result = await ExternalProcess.RunAsync(
                new ProcessRequest(words[0], words[1..])
                {
                    WorkingFolder = Folder,
                    Environment = new Dictionary<string, string>
                    {
                        [UrlVariable] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"),
                    },
                    OnLine = line =>
                    {
                        last = line;
                        diagnostics.Information(line);
                    },
                },
                cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new EdgeException(
                    DiagnosticCodes.ExerciseFailed, command, string.Create(CultureInfo.InvariantCulture, $"exit code {result.ExitCode}: {last}"));
            }
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.ExerciseFailed, command, e.Message);
        }
    }
}
