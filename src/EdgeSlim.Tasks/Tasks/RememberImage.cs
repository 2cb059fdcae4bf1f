using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Git;
using EdgeSlim.Inputs;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Remembers what an image was made of, and what the build left and said, for <see cref="CheckInputs"/> of the next build.</summary>
public sealed class RememberImage : EdgeTask
{
    /// <summary>The project's file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Where it is remembered.</summary>
    [Required]
    public string MemoryFile { get; set; } = "";

    /// <summary>The items that the target EdgeImage returns.</summary>
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>A list of the files that were left, one a line.</summary>
    [Required]
    public string OutputsFile { get; set; } = "";

    /// <summary>The file of the summary.</summary>
    [Required]
    public string SummaryFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (PendingImage.Of(BuildEngine, ProjectFile) is not PendingImage pending)
        {
            return;
        }

        string[] outputs = await File.ReadAllLinesAsync(OutputsFile, cancellationToken);
        ImageMemory memory = new()
        {
            Inputs = pending.Inputs.Hashes,
            Outputs = outputs.Append(SummaryFile).Where(o => o.Length > 0).Distinct().ToDictionary(o => o, FileStamp.Of),
            Revision = pending.Revision,
            Images = [.. Images.Select(i => new RememberedItem(
                i.ItemSpec, i.CloneCustomMetadata().Keys.Cast<string>().ToDictionary(k => k, i.GetMetadata)))],
            SummaryFile = SummaryFile,
            Said = [.. pending.Said.All.Where(IsSaidAgain)],
        };
        await StageFile.WriteAsync(MemoryFile, memory, ImageMemoryJson.Default.ImageMemory, cancellationToken);
    }

    // The source control is asked in each build, and says its warnings itself. The compilers say theirs when they compile.
    private static bool IsSaidAgain(Diagnostic said) =>
        said.Severity is DiagnosticSeverity.Warning or DiagnosticSeverity.Important && said.Code is string code
        && code.StartsWith("EDGE", StringComparison.Ordinal) && !SourceRevisionReader.Codes.Contains(code);
}
