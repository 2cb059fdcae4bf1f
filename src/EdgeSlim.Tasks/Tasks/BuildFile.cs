using System.ComponentModel;
using EdgeSlim.Builds;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using Microsoft.Build.Framework;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace EdgeSlim.Tasks;

/// <summary>
/// The MSBuild task for a file-based application. Its project is in the memory of the process that the user started, and where the task
/// runs in another one, MSBuild does not find it: so the .NET SDK is started once more, to make that project again.
/// </summary>
public sealed class BuildFile : EdgeTask
{
    private static readonly TimeSpan LongestBuild = TimeSpan.FromHours(4);

    /// <summary>
    /// The file, or nothing: then nothing is done. Its metadata say what it is built with: Dotnet, the program; Sdk, the folder of the .NET
    /// SDK; and ResultFile, where the target's items go in between.
    /// </summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>What is made of it.</summary>
    [Required]
    public string Target { get; set; } = "";

    /// <summary>Global properties beside those of this build, as NAME=VALUE.</summary>
    public string[] Properties { get; set; } = [];

    /// <summary>Global properties of this build that the other one does not get.</summary>
    public string[] RemoveProperties { get; set; } = [];

    /// <summary>Whether its packages are restored before.</summary>
    public bool Restore { get; set; }

    /// <summary>The items that the target returned.</summary>
    [Output]
    public ITaskItem[] TargetOutputs { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        foreach (ITaskItem file in Files)
        {
            string resultFile = file.GetMetadata("ResultFile");
            Directory.CreateDirectory(Path.GetDirectoryName(resultFile)!);
            File.Delete(resultFile);
            try
            {
                await BuildAsync(file, resultFile, cancellationToken);
            }
            catch (Win32Exception e)
            {
                throw new EdgeException(e, DiagnosticCodes.FileBuildFailed, file.ItemSpec, e.NativeErrorCode, e.Message);
            }
            finally
            {
                File.Delete(resultFile);
            }
        }
    }

    private async Task BuildAsync(ITaskItem file, string resultFile, CancellationToken cancellationToken)
    {
        string last = "";
        void Take(string line)
        {
            if (line.Length > 0)
            {
                Diagnostics.Report(ConsoleLine.Read(line));
                last = line;
            }
        }

        ChildBuild build = new(file.GetMetadata("Dotnet"), file.ItemSpec, Target, GlobalProperties())
        {
            Sdk = file.GetMetadata("Sdk"),
            Options =
            [
                $"-getTargetResult:{Target}", $"-getResultOutputFile:{resultFile}",
                $"-v:{BuildVerbosity.Of(Environment.GetCommandLineArgs())}", "-clp:NoSummary;DisableConsoleColor;ForceNoAlign",
                // The projects that it refers to are restored by the user's build, for theirs.
                Restore ? "-rp:RestoreRecursive=false" : "--no-restore",
            ],
        };
        ProcessResult result = await ExternalProcess.RunAsync(build.Request with { OnLine = Take, TimeLimit = LongestBuild }, cancellationToken);
        if (result.ExitCode == 0)
        {
            TargetOutputs =
            [
                .. TargetResult.Items(await File.ReadAllBytesAsync(resultFile, cancellationToken), Target)
                    .Select(i => new TaskItem(i.Name, i.Metadata.ToDictionary())),
            ];
        }
        else if (!Log.HasLoggedErrors)
        {
            throw new EdgeException(DiagnosticCodes.FileBuildFailed, file.ItemSpec, result.ExitCode, last);
        }
    }

    private Dictionary<string, string> GlobalProperties()
    {
        Dictionary<string, string> all = new(
            (BuildEngine as IBuildEngine6)?.GetGlobalProperties() ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
        foreach (string name in RemoveProperties)
        {
            all.Remove(name.Trim());
        }

        foreach (string[] property in Properties.Select(p => p.Split('=', 2)).Where(p => p.Length == 2))
        {
            all[property[0].Trim()] = PropertyText.Literal(property[1]);
        }

        return all;
    }
}
