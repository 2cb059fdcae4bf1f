using EdgeSlim.Bases;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;
using EdgeSlim.Sbom;
using EdgeSlim.Scanning;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="CycloneDxWriter"/> and <see cref="SpdxWriter"/>: the documents beside a composed image.</summary>
public sealed class WriteSbom : EdgeTask
{
    /// <summary>The inventory.</summary>
    [Required]
    public string InventoryFile { get; set; } = "";

    /// <summary>The plan of the image.</summary>
    [Required]
    public string PlanFile { get; set; } = "";

    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The base that a debuggable twin has for itself; empty where it has the image's.</summary>
    public string OwnBaseFile { get; set; } = "";

    /// <summary>Whether the image has more than the application and its base.</summary>
    public bool HasMore { get; set; }

    /// <summary>What came of the scan; empty where there was none.</summary>
    public string ScanReportFile { get; set; } = "";

    /// <summary>EdgeSbomFormat.</summary>
    public string Format { get; set; } = "";

    /// <summary>The folder to write to.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Inventory inventory = await StageFile.ReadAsync(InventoryFile, SbomJson.Indented.Inventory, cancellationToken);
        ImagePlan plan = await StageFile.ReadAsync(PlanFile, PlanJson.Documents.ImagePlan, cancellationToken);
        LayoutImage image = new ImageLayout(LayoutFolder).ReadImage();
        if (HasMore)
        {
            BaseImage? ownBase = OwnBaseFile.Length == 0
                ? null
                : await StageFile.ReadAsync(OwnBaseFile, PlanJson.Documents.BaseImage, cancellationToken);
            inventory = DebugInventory.Of(inventory, ownBase, Installed(plan));
        }

        DescribedImage described = new(
            plan.Repository,
            image.Descriptor.Digest,
            plan.Platform.Architecture,
            [
                .. image.Manifest.Layers
                    .Select((l, i) => new DescribedLayer(i < plan.BaseLayers.Count ? plan.BaseName : plan.Layers[i - plan.BaseLayers.Count].Name, l.Digest))
                    .DistinctBy(l => l.Digest),
            ]);
        bool isSpdx = Format.Equals("spdx", StringComparison.OrdinalIgnoreCase);
        bool isBoth = Format.Equals("both", StringComparison.OrdinalIgnoreCase);
        await WriteAsync("sbom.cdx.json", isSpdx ? null : CycloneDxWriter.Write(inventory, described, await StatementsAsync(inventory, cancellationToken)), cancellationToken);
        await WriteAsync("sbom.spdx.json", isSpdx || isBoth ? SpdxWriter.Write(inventory, described) : null, cancellationToken);
    }

    private async Task<IReadOnlyList<VexStatement>> StatementsAsync(Inventory inventory, CancellationToken cancellationToken)
    {
        if (ScanReportFile.Length == 0)
        {
            return [];
        }

        ScanReport report = await StageFile.ReadAsync(ScanReportFile, ScanJson.Documents.ScanReport, cancellationToken);
        return
        [
            .. report.Findings
                .Where(f => f.Verdict == ScanVerdict.NotPresent)
                .Select(f => new VexStatement(f.Finding.Id, ScanJudge.ComponentOf(f.Finding, inventory)!.Reference, f.Reason!)),
        ];
    }

    // The twin's shell is of this machine.
    private static IReadOnlyCollection<InstalledPackage> Installed(ImagePlan plan) =>
        [.. new InstalledPackages(new FolderFileSystem("/"))
            .Of([.. plan.Layers.SelectMany(l => l.Entries).Select(e => e.Source).OfType<string>().Distinct()])
            .Values.Distinct()];

    // One in another format that an earlier run left speaks of another image.
    private async System.Threading.Tasks.Task WriteAsync(string name, byte[]? content, CancellationToken cancellationToken)
    {
        string path = Path.Combine(OutputFolder, name);
        if (content is not null)
        {
            await StageFile.WriteAsync(path, content, cancellationToken);
        }
        else if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
