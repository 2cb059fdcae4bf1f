using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="PayloadBuilder"/>.</summary>
public sealed class SlimPayload : EdgeTask
{
    /// <summary>
    /// The files of this publish; metadata RelativePath, and RelatedAsset where one is another one compressed.
    /// </summary>
    [Required]
    public ITaskItem[] PublishedFiles { get; set; } = [];

    /// <summary>EdgeInclude items; metadata TargetPath, else Link, else RecursiveDir and the file's name.</summary>
    public ITaskItem[] Includes { get; set; } = [];

    /// <summary>EdgeExclude items and EdgeExcludePatterns: globs over target paths.</summary>
    public string[] Excludes { get; set; } = [];

    /// <summary>DirectPInvoke, where the executable is static.</summary>
    public string[] LinkedIn { get; set; } = [];

    /// <summary>The NuGet packages that are runtime packs of .NET.</summary>
    public string[] RuntimePacks { get; set; } = [];

    /// <summary>Items of the project with metadata EdgeLayer, which does not reach the files of the publish.</summary>
    public ITaskItem[] Pinned { get; set; } = [];

    /// <summary>The full paths of EdgeConfigFile items.</summary>
    public string[] ConfigurationFiles { get; set; } = [];

    /// <summary>The publish folder.</summary>
    [Required]
    public string PublishFolder { get; set; } = "";

    /// <summary>Where symbols are moved to.</summary>
    [Required]
    public string SymbolsFolder { get; set; } = "";

    /// <summary>Where stripped copies are kept.</summary>
    [Required]
    public string StrippedFolder { get; set; } = "";

    /// <summary>The executable's path below the publish folder.</summary>
    [Required]
    public string Executable { get; set; } = "";

    /// <summary>Whether native libraries are stripped.</summary>
    public string StripNative { get; set; } = "";

    /// <summary>What the user set as ObjCopyName.</summary>
    public string ObjCopy { get; set; } = "";

    /// <summary>Where the payload is written to.</summary>
    [Required]
    public string PayloadFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        HashSet<string> runtimePacks = new(RuntimePacks, StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string?> pinned = [];
        foreach (ITaskItem item in Pinned)
        {
            pinned[item.GetMetadata("FullPath")] = LayerOf(item);
        }

        PayloadRequest request = new()
        {
            Files =
            [
                .. PublishedFiles.Select(f => new PublishedFile(
                    f.ItemSpec,
                    Slashes(f.GetMetadata("RelativePath")),
                    Origin: FileOrigins.OfPackage(f.GetMetadata("NuGetPackageId"), runtimePacks),
                    Layer: LayerOf(f)
                        ?? pinned.GetValueOrDefault(f.GetMetadata("FullPath"))
                        ?? pinned.GetValueOrDefault(f.GetMetadata("RelatedAsset")))),
                .. Includes.Select(f => new PublishedFile(
                    f.ItemSpec, Slashes(TargetOf(f)), IsExplicit: true, Layer: LayerOf(f))),
            ],
            ExcludePatterns = Excludes,
            ConfigurationFiles = ConfigurationFiles,
            LinkedIn = LinkedIn,
            PublishFolder = PublishFolder,
            SymbolsFolder = SymbolsFolder,
            StrippedFolder = StrippedFolder,
            Executable = Executable,
            ObjCopy = !Flag("EdgeStripNative", StripNative) ? null
                : ObjCopy.Length > 0 ? ObjCopy
                : tools.Find("llvm-objcopy") ?? tools.Find("objcopy"),
        };
        Payload payload = await new PayloadBuilder(request, new ObjCopyStripper(), Diagnostics)
            .BuildAsync(cancellationToken);
        foreach (ExcludedFile excluded in payload.Excluded)
        {
            Diagnostics.Information($"Left out {excluded.Path} ({excluded.Size} bytes): {excluded.Reason}.");
        }

        await StageFile.WriteAsync(PayloadFile, payload, PlanJson.Documents.Payload, cancellationToken);
    }

    private static string? LayerOf(ITaskItem item) => FileOrigins.LayerName(item.ItemSpec, item.GetMetadata("EdgeLayer"));

    private static string TargetOf(ITaskItem item) =>
        item.GetMetadata("TargetPath") is { Length: > 0 } target ? target
        : item.GetMetadata("Link") is { Length: > 0 } link ? link
        : item.GetMetadata("RecursiveDir") + Path.GetFileName(item.ItemSpec);

    private static string Slashes(string path) => path.Replace('\\', '/');
}
