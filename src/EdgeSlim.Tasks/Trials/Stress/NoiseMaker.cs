using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Publishing;
using EdgeSlim.Trials.Cgroups;
using EdgeSlim.Trials.Engines;

namespace EdgeSlim.Trials.Stress;

/// <summary>Works beside the application in its own control group, as a neighbour in the same pod would: stress-ng.</summary>
/// <param name="program">stress-ng.</param>
/// <param name="settings">What is asked for.</param>
internal sealed class NoiseMaker(string program, StressSettings settings)
{
    // More than the test takes: it is ended before. Where nobody is left to end it, it ends of itself.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    /// <summary>Finds the program, where noise is asked for.</summary>
    /// <exception cref="EdgeException">It is not there (EDGE6027).</exception>
    public static NoiseMaker? Find(IToolLookup tools, StressSettings settings) =>
        settings.Noise.Count == 0 ? null
        : tools.Find("stress-ng") is string program ? new NoiseMaker(program, settings)
        : throw new EdgeException(DiagnosticCodes.StressNoNoise);

    /// <summary>Works until it is cancelled.</summary>
    /// <param name="process">The application's process.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EdgeException">It fails (EDGE6002).</exception>
    public async Task RunAsync(int process, CancellationToken cancellationToken)
    {
        CgroupPaths? groups = CgroupPaths.Find(process);
        IEnumerable<string> folders = new[] { groups?.Memory, groups?.Cpu, groups?.Quota }.OfType<string>().Distinct();
        DirectoryInfo scratch = Directory.CreateTempSubdirectory($"{CommandLineEngine.Prefix}-{TrialOwner.Current}-");
        try
        {
            ProcessResult result = await ExternalProcess.RunAsync(
                new ProcessRequest("/bin/sh", ["-c", EnterGroup.Script, "sh", .. EnterGroup.Arguments(folders), program, .. Arguments(scratch.FullName)])
                {
                    TimeLimit = settings.Duration + (2 * Slack),
                },
                cancellationToken);

            // The kernel may kill it, as it may kill the application. Anything else means that there was no noise.
            if (result.ExitCode != 0 && groups is not null && CgroupReading.Read(groups).OutOfMemoryKills is null or 0)
            {
                throw new EdgeException(DiagnosticCodes.TrialEngineFailed, "stress-ng", result.LastErrorLine);
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private IEnumerable<string> Arguments(string scratch)
    {
        long memory = settings.Trial.Profile.MemoryBytes;
        IEnumerable<string> kinds = settings.Noise.SelectMany(noise => noise switch
        {
            StressNoise.Cpu => (string[])["--cpu", "1"],
            StressNoise.Memory => ["--vm", "1", "--vm-bytes", (memory / 4).ToString(CultureInfo.InvariantCulture)],
            _ => ["--hdd", "1", "--hdd-bytes", "16m"],
        });
        string seconds = (settings.Duration + Slack).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return [.. kinds, "--temp-path", scratch, "--timeout", seconds + "s", "--quiet"];
    }
}
