using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>
/// A process that builds for one test at a time, and then for the next: a build owns the current folder and the variables of its
/// process, and MSBuild takes seconds to start. It ends with this process, which is the other end of its input.
/// </summary>
internal sealed class BuildProcess
{
    private static readonly SemaphoreSlim Turns = new(Environment.ProcessorCount);
    private static readonly ConcurrentStack<BuildProcess> Free = [];

    private readonly Process _process;

    private BuildProcess()
    {
        ProcessStartInfo start = Command.Describe(
            "/",
            new Dictionary<string, string?>(),
            Path.Combine(InProcessBuild.DotnetFolder, "dotnet"),
            [Path.Combine(Repository.Root, $"tests/EdgeSlim.Building/bin/{Repository.Configuration}/net10.0/EdgeSlim.Building.dll")]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
    }

    /// <summary>Builds, as soon as a process is free.</summary>
    /// <param name="request">What to build.</param>
    /// <returns>How the build ended, and what MSBuild printed.</returns>
    public static CommandResult Run(BuildRequest request)
    {
        Turns.Wait();
        try
        {
            BuildProcess process = Free.TryPop(out BuildProcess? free) ? free : new BuildProcess();
            CommandResult result = process.Ask(request);
            Free.Push(process);
            return result;
        }
        finally
        {
            Turns.Release();
        }
    }

    private CommandResult Ask(BuildRequest request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        while (_process.StandardOutput.ReadLine() is string line)
        {
            // Programs that the build starts may write there too.
            if (line.StartsWith('\0'))
            {
                return new CommandResult(line[1] - '0', JsonSerializer.Deserialize<string>(line[2..])!);
            }
        }

        throw new AssertFailedException($"The process that built {request.Project} ended without an answer.");
    }
}
