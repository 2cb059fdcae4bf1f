using System.Diagnostics;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>Marks the image of one test and all that runs for it, so that the test finds what is left of its trials, and nothing else.</summary>
internal sealed class TrialMark
{
    private const string Label = "dev.edgeslim.test";
    private const string Variable = "EDGESLIM_TEST_MARK";
    private const string Trial = "edgeslim-trial";

    private readonly string _id = Guid.NewGuid().ToString("N");

    /// <summary>For the project of the test. Containers have the labels of their image.</summary>
    public string Items =>
        $"""
        <ItemGroup>
          <ContainerLabel Include="{Label}" Value="{_id}" />
          <EdgeTrialEnvironment Include="{Variable}" Value="{_id}" />
        </ItemGroup>
        """;

    /// <summary>For the programs that a build of the test starts.</summary>
    public void Set(PublishedProject project) => project.Environment[Variable] = _id;

    /// <summary>The containers of trials, and their images.</summary>
    public string[] Containers() =>
    [
        .. Podman("ps", "-a", "--filter", $"label={Label}={_id}", "--format", "{{.Names}}"),
        .. Podman("images", "--filter", $"label={Label}={_id}", "--format", "{{.Repository}}:{{.Tag}}"),
    ];

    /// <summary>Whether a container of it runs.</summary>
    public bool IsRunning() => Podman("ps", "--filter", $"label={Label}={_id}", "--format", "{{.Names}}").Length > 0;

    /// <summary>Processes of a program.</summary>
    public string[] Processes(string program) =>
        [.. Process.GetProcessesByName(program).Where(p => IsMarked(p.Id)).Select(p => $"{program} {p.Id}")];

    /// <summary>
    /// Folders, control groups and mounts of trials without an engine, which the project started in processes of their own.
    /// Their names hold the process.
    /// </summary>
    public static string[] Folders(PublishedProject project)
    {
        string[] found =
        [
            .. Directory.GetDirectories(Path.GetTempPath(), Trial + "*"),
            .. Directory.GetDirectories("/sys/fs/cgroup").SelectMany(d => Directory.GetDirectories(d, Trial + "*")),
            .. File.ReadAllLines("/proc/self/mountinfo").Where(l => l.Contains(Trial, StringComparison.Ordinal)),
        ];
        return [.. found.Where(f => project.Children.Any(c => f.Contains($"-{c}-", StringComparison.Ordinal)))];
    }

    private static string[] Podman(params string[] arguments) => Command.Run("/", "podman", arguments).Succeeds().Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Whose variables nobody may read may be the test's own.
    private bool IsMarked(int process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process}/environ")).Contains(_id, StringComparison.Ordinal);
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
