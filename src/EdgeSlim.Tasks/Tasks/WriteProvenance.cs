using EdgeSlim.Composition;
using EdgeSlim.Git;
using EdgeSlim.Oci;
using EdgeSlim.Provenance;
using EdgeSlim.Reporting;
using EdgeSlim.Sbom;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ProvenanceWriter"/>: the statement beside an image, or beside an index of images.</summary>
public sealed class WriteProvenance : EdgeTask
{
    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The repository, without a registry.</summary>
    [Required]
    public string Repository { get; set; } = "";

    /// <summary>The project's file.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>What the source control says.</summary>
    [Required]
    public string SourceFile { get; set; } = "";

    /// <summary>The properties that decide what the image is like, with metadata Value.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>The versions of what it was built with, with metadata Value.</summary>
    public ITaskItem[] Tools { get; set; } = [];

    /// <summary>The compiler driver that linked it; empty for none.</summary>
    public string CompilerDriver { get; set; } = "";

    /// <summary>The linker that the driver was told to use; empty for its own.</summary>
    public string LinkerFlavor { get; set; } = "";

    /// <summary>EdgeBuilderId.</summary>
    public string BuilderId { get; set; } = "";

    /// <summary>The inventory; empty for an index.</summary>
    public string InventoryFile { get; set; } = "";

    /// <summary>The base image; empty for none.</summary>
    public string BaseFile { get; set; } = "";

    /// <summary>Documents that were made with the image.</summary>
    public string[] Documents { get; set; } = [];

    /// <summary>Where the statement is written to.</summary>
    [Required]
    public string OutputFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        LayoutTree tree = new ImageLayout(LayoutFolder).ReadTree();
        ProvenanceRequest request = new()
        {
            Repository = Repository,
            Digest = tree.Root.Digest,
            Project = RepositoryRoot.Relative(ProjectFile),
            Properties = Read(Properties),
            BuilderId = Provenance.BuilderId.Find(BuilderId, Environment.GetEnvironmentVariable),
            Tools = await ReadToolsAsync(cancellationToken),
            Source = await StageFile.ReadAsync(SourceFile, FactsJson.Documents.SourceRevision, cancellationToken),
            Inventory = InventoryFile.Length == 0
                ? null
                : await StageFile.ReadAsync(InventoryFile, SbomJson.Indented.Inventory, cancellationToken),
            BaseDigest = BaseFile.Length == 0
                ? null
                : (await StageFile.ReadAsync(BaseFile, PlanJson.Documents.BaseImage, cancellationToken)).Digest,
            Images = tree.IsIndex ? tree.Images : [],
            Documents = [.. Documents.Select(d => (Path.GetFileName(d), Digest.Of(File.ReadAllBytes(d))))],
        };
        await StageFile.WriteAsync(OutputFile, ProvenanceWriter.Write(request), cancellationToken);
    }

    private static Dictionary<string, string> Read(ITaskItem[] items) => items.ToDictionary(i => i.ItemSpec, i => i.GetMetadata("Value"));

    private async Task<Dictionary<string, string>> ReadToolsAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, string> tools = Read(Tools);
        tools["EdgeSlim.Sdk"] = BuildTools.EdgeSlimVersion;
        if (CompilerDriver.Length > 0)
        {
            Task<string> driver = BuildTools.AskAsync(CompilerDriver, ["--version"], cancellationToken);
            Task<string> linker = BuildTools.AskAsync(
                CompilerDriver, [.. LinkerFlavor.Length == 0 ? [] : new[] { $"-fuse-ld={LinkerFlavor}" }, "-Wl,--version"], cancellationToken);
            tools[Path.GetFileName(CompilerDriver)] = await driver;
            tools["linker"] = await linker;
        }

        return tools;
    }
}
