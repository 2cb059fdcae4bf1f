using System.Globalization;
using EdgeSlim.Bases;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.RootFileSystems;
using EdgeSlim.Sbom;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="InventoryBuilder"/>: what the image is made of, for scanners of the image and for later stages.</summary>
public sealed class TakeInventory : EdgeTask
{
    /// <summary>The assembly's name.</summary>
    [Required]
    public string AssemblyName { get; set; } = "";

    /// <summary>The application's version.</summary>
    public string Version { get; set; } = "";

    /// <summary>The time of the source, RFC 3339.</summary>
    [Required]
    public string SourceTime { get; set; } = "";

    /// <summary>The target framework.</summary>
    [Required]
    public string TargetFramework { get; set; } = "";

    /// <summary>The runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>This machine's runtime identifier.</summary>
    [Required]
    public string HostRuntimeIdentifier { get; set; } = "";

    /// <summary>SysRoot.</summary>
    public string SysRoot { get; set; } = "";

    /// <summary>What NuGet restored; empty where it restored nothing.</summary>
    public string AssetsFile { get; set; } = "";

    /// <summary>The payload that the slim stage left.</summary>
    [Required]
    public string PayloadFile { get; set; } = "";

    /// <summary>The base that was chosen.</summary>
    [Required]
    public string ChoiceFile { get; set; } = "";

    /// <summary>The base image; empty where there is none.</summary>
    public string BaseFile { get; set; } = "";

    /// <summary>What was seen in the base image; empty where there is none.</summary>
    public string BaseContentsFile { get; set; } = "";

    /// <summary>The packs of .NET; metadata NuGetPackageVersion and PackageDirectory.</summary>
    public ITaskItem[] Packs { get; set; } = [];

    /// <summary>The files that are published of the packs; metadata NuGetPackageId.</summary>
    public ITaskItem[] PackFiles { get; set; } = [];

    /// <summary>The AOT compiler's account; empty without Native AOT.</summary>
    public string MstatFile { get; set; } = "";

    /// <summary>The assemblies in the bundle of a single-file application.</summary>
    public string[] Assemblies { get; set; } = [];

    /// <summary>Whether unused code was removed from the assemblies.</summary>
    public bool IsTrimmed { get; set; }

    /// <summary>The static libraries that the linker was given.</summary>
    public string[] Linked { get; set; } = [];

    /// <summary>The names of those that it looks for itself.</summary>
    public string[] LinkedNames { get; set; } = [];

    /// <summary>The compiler driver that links.</summary>
    public string CompilerDriver { get; set; } = "";

    /// <summary>Where the inventory is written to.</summary>
    [Required]
    public string InventoryFile { get; set; } = "";

    /// <summary>Where the document for the image is written to.</summary>
    [Required]
    public string EmbeddedFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Payload payload = await StageFile.ReadAsync(PayloadFile, PlanJson.Documents.Payload, cancellationToken);
        BaseChoice choice = await StageFile.ReadAsync(ChoiceFile, PlanJson.Documents.BaseChoice, cancellationToken);
        string[] linked = FindLinked();
        Inventory inventory = InventoryBuilder.Build(new InventoryRequest
        {
            Application = AssemblyName,
            Version = Version,
            Created = DateTimeOffset.Parse(SourceTime, CultureInfo.InvariantCulture),
            RuntimeIdentifier = RuntimeIdentifier,
            Platform = Platform.FromRuntimeIdentifier(RuntimeIdentifier) ?? throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, "RuntimeIdentifier", RuntimeIdentifier, Platform.KnownRuntimeIdentifiers),
            Restored = AssetsFile.Length == 0
                ? new RestoredPackages([], [], [])
                : AssetsReader.Read(AssetsFile, TargetFramework, RuntimeIdentifier),
            Packs = ToolPacks(),
            Kept = Kept(payload),
            Payload = [.. payload.Files.Select(f => Path.GetFileName(f.TargetPath)!)],
            Linked = linked,
            Installed = new InstalledPackages(new FolderFileSystem(SysRoot.Length == 0 ? "/" : SysRoot)).Of(linked),
            Sliced = choice.Slice?.Packages ?? [],
            Base = BaseFile.Length == 0 ? null : await StageFile.ReadAsync(BaseFile, PlanJson.Documents.BaseImage, cancellationToken),
            Frameworks = BaseContentsFile.Length == 0
                ? []
                : (await StageFile.ReadAsync(BaseContentsFile, PlanJson.Documents.BaseContents, cancellationToken)).Frameworks,
        });
        await StageFile.WriteAsync(InventoryFile, inventory, SbomJson.Indented.Inventory, cancellationToken);
        await StageFile.WriteAsync(EmbeddedFile, CycloneDxWriter.WriteEmbedded(inventory), cancellationToken);
    }

    private KeptAssemblies Kept(Payload payload)
    {
        if (MstatFile.Length > 0)
        {
            return new KeptAssemblies(CompiledAssemblies.Read(MstatFile), "compiled");
        }

        IEnumerable<string> files = Assemblies.Length > 0 ? Assemblies : payload.Files.Select(f => f.TargetPath);
        return new KeptAssemblies(
            files
                .Where(f => f.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
                .Select(f => Path.GetFileNameWithoutExtension(f)!)
                .ToHashSet(StringComparer.OrdinalIgnoreCase),
            IsTrimmed ? "kept by the trimmer" : "published");
    }

    private ToolPack[] ToolPacks()
    {
        ILookup<string, string> files = PackFiles.ToLookup(f => f.GetMetadata("NuGetPackageId"), f => f.ItemSpec, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. Packs
                .DistinctBy(p => p.ItemSpec)
                .Select(p => new ToolPack(
                    p.ItemSpec,
                    p.GetMetadata("NuGetPackageVersion"),
                    p.GetMetadata("PackageDirectory"),
                    [.. files[p.ItemSpec].Where(f => f.EndsWith(".dll", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)!)],
                    [.. files[p.ItemSpec].Where(f => !f.EndsWith(".dll", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)!)])),
        ];
    }

    private string[] FindLinked()
    {
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        CompilationTarget target = CompilationTarget.Of(RuntimeIdentifier, HostRuntimeIdentifier, SysRoot);
        return
        [
            .. Linked
                .Concat((CompilerDriver.Length == 0 ? [] : LinkedNames)
                    .AsParallel().AsOrdered() // A process each.
                    .Select(n => tools.FindLibrary(CompilerDriver, target, n))
                    .OfType<string>())
                .Select(Path.GetFullPath)
                .Where(File.Exists)
                .Distinct(),
        ];
    }
}
