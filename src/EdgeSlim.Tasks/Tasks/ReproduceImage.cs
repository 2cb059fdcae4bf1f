using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Git;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using EdgeSlim.Reproduction;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Builds the image again from a clean copy of its commit, and compares: adapter of the room Reproduction.</summary>
public sealed class ReproduceImage : EdgeTask
{
    private const int MostShown = 20;

    /// <summary>The project's file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The file of a file-based application, whose project is none on disk; else empty.</summary>
    public string EntryPointFile { get; set; } = "";

    /// <summary>What the source control says.</summary>
    [Required]
    public string SourceFile { get; set; } = "";

    /// <summary>The image that was built.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        SourceRevision source = await StageFile.ReadAsync(SourceFile, FactsJson.Documents.SourceRevision, cancellationToken);
        if (source.Commit is not string commit || RepositoryRoot.Of(Path.GetDirectoryName(ProjectFile)!) is not string root)
        {
            throw new EdgeException(DiagnosticCodes.NothingToReproduce, ProjectFile);
        }

        if (source.IsDirty)
        {
            throw new EdgeException(DiagnosticCodes.ReproduceDirty, commit[..12], string.Join(", ", source.DirtyPaths));
        }

        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        string git = tools.Find("git") ?? throw new EdgeException(DiagnosticCodes.CleanCopyFailed, root, "there is no 'git' on PATH");
        using WorkRoom room = new();
        string copy = room["source"];
        Diagnostics.Important($"Building {commit[..12]} a second time, in a clean copy.");
        await new CleanCopy(git, root).MakeAsync(commit, copy, cancellationToken);
        SecondBuild build = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", root, copy, room["edge"]);
        await build.RunAsync(RepositoryRoot.Relative(EntryPointFile.Length > 0 ? EntryPointFile : ProjectFile), Properties(), Diagnostics, cancellationToken);
        Report(new ImageLayout(LayoutFolder), new ImageComparison(
            new ImageLayout(LayoutFolder), new ImageLayout(room["edge/oci"]), room.Path).Compare(cancellationToken));
    }

    private void Report(ImageLayout layout, IReadOnlyList<Difference> differences)
    {
        if (differences is not [Difference first, ..])
        {
            Diagnostics.Important($"Reproduced: both builds gave {layout.ReadTree().Root.Digest}.");
            return;
        }

        foreach (Difference difference in differences.Take(MostShown))
        {
            Diagnostics.Important($"  {difference.Place}: {difference.Detail}");
        }

        Diagnostics.Error(DiagnosticCodes.NotReproducible, first.Place, first.Detail, differences.Count);
    }

    private IReadOnlyDictionary<string, string> Properties() =>
        (BuildEngine as IBuildEngine6)?.GetGlobalProperties() ?? new Dictionary<string, string>();
}
