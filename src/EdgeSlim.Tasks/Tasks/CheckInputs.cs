using System.Text.Json;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Git;
using EdgeSlim.Inputs;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace EdgeSlim.Tasks;

/// <summary>Says whether the image of the last build is made of the very inputs that there are now.</summary>
public sealed class CheckInputs : EdgeTask
{
    /// <summary>The project's file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>What is remembered of the last image.</summary>
    [Required]
    public string MemoryFile { get; set; } = "";

    /// <summary>Folders that builds write to.</summary>
    public string[] OutputFolders { get; set; } = [];

    /// <summary>ContainerImageTag and ContainerImageTags.</summary>
    public string[] ContainerImageTags { get; set; } = [];

    /// <summary>Files in these folders that are inputs all the same.</summary>
    public string[] Files { get; set; } = [];

    /// <summary>Whether it is. What the last build said is said again then.</summary>
    [Output]
    public bool IsCurrent { get; set; }

    /// <summary>The items that the target EdgeImage returned.</summary>
    [Output]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>The file of the summary.</summary>
    [Output]
    public string SummaryFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (EvaluatedProject.Of(BuildEngine) is not ProjectInstance project)
        {
            Diagnostics.Information("The image is made: this MSBuild does not say what the project is made of.");
            StageFile.Delete(MemoryFile);
            return;
        }

        string folder = Path.GetDirectoryName(ProjectFile)!;
        DiagnosticList ofSource = new();
        Task<SourceRevision> source = Task.Run(
            () => SourceRevisionReader.Read(folder, Environment.GetEnvironmentVariable, OutputFolders, ofSource, ReadSource.Tag(ContainerImageTags)), cancellationToken);
        string[] outputFolders = [.. OutputFolders.Where(f => f.Length > 0).Select(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, f))) + "/")];
        BuildInputs inputs = new InputReader(folder, outputFolders).Read(EvaluatedProject.Content(project), Files, Environment.GetEnvironmentVariable("PATH") ?? "");
        ImageMemory? memory = await ReadAsync(cancellationToken);
        SourceRevision revision = await source;
        string commit = revision.Commit + (revision.IsDirty ? "-dirty" : "");

        string? difference = memory is null ? "there is no record of an earlier image"
            : inputs.Differences(new BuildInputs(memory.Inputs)) is [string first, ..] all ? Named(first, all)
            : memory.Outputs.FirstOrDefault(o => FileStamp.Of(o.Key) != o.Value).Key is string output ? $"the output {output} changed"
            : memory.Revision != commit ? "the commit changed"
            : null;
        if (difference is null)
        {
            foreach (Diagnostic said in ofSource.All.Concat(memory!.Said))
            {
                Diagnostics.Report(said);
            }

            Diagnostics.Information("The image of the last build is taken as it is: it is made of the same inputs.");
            IsCurrent = true;
            SummaryFile = memory!.SummaryFile;
            Images = [.. memory.Images.Select(i => new TaskItem(i.Name, i.Metadata.ToDictionary()))];
            return;
        }

        // A build that fails leaves nothing that a later one could take for its own.
        Diagnostics.Information($"The image is made: {difference}.");
        StageFile.Delete(MemoryFile);
        new PendingImage(inputs, commit).Register(BuildEngine, ProjectFile);
    }

    private string Named(string first, IReadOnlyList<string> all)
    {
        Diagnostics.Detail("Inputs that differ: " + string.Join("; ", all));
        return $"the {first} changed";
    }

    private async Task<ImageMemory?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(MemoryFile, cancellationToken), ImageMemoryJson.Default.ImageMemory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
