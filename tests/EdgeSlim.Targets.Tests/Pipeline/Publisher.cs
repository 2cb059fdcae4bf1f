using System.Diagnostics;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>
/// The process that publishes applications, one after the other: the compiler runs there while the tests build here. It ends with
/// this process, which is the other end of its input.
/// </summary>
internal static class Publisher
{
    private const char End = '\0';

    private static readonly Lock Series = new();
    private static Process? _process;

    /// <summary>Publishes a project.</summary>
    /// <param name="project">The path of the project.</param>
    /// <param name="recording">Where the recording of its output goes.</param>
    /// <param name="options">Global properties: <c>NAME=VALUE</c>.</param>
    /// <returns>What MSBuild said.</returns>
    public static string Publish(string project, string recording, IEnumerable<string> options)
    {
        lock (Series)
        {
            _process ??= Start();
            _process.StandardInput.WriteLine(string.Join('\t', [project, recording, .. options]));
            _process.StandardInput.Flush();
            StringBuilder output = new();
            while (_process.StandardOutput.ReadLine() is string line)
            {
                if (line.StartsWith(End))
                {
                    Assert.AreEqual("0", line[1..], output.ToString());
                    return output.ToString();
                }

                output.AppendLine(line);
            }

            _process = null;
            throw new AssertFailedException($"Publishing {project} ended without an answer:\n{output}");
        }
    }

    private static Process Start()
    {
        ProcessStartInfo start = Command.Describe(
            "/",
            new Dictionary<string, string?> { ["EdgeCacheDir"] = PublishedApp.Libraries },
            Path.Combine(InProcessBuild.DotnetFolder, "dotnet"),
            [Path.Combine(Repository.Root, $"tests/EdgeSlim.Publishing/bin/{Repository.Configuration}/net10.0/EdgeSlim.Publishing.dll")]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }
}
