using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Sbom;
using EdgeSlim.Scanning;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of the scanners: what they know of the image and of its parts.</summary>
public sealed class ScanImage : EdgeTask
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The inventory.</summary>
    [Required]
    public string InventoryFile { get; set; } = "";

    /// <summary>EdgeScanner.</summary>
    public string Scanner { get; set; } = "";

    /// <summary>Whether there has to be a scanner.</summary>
    public bool IsRequired { get; set; }

    /// <summary>EdgeScanArgs.</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>EdgeScanDatabase.</summary>
    public string Database { get; set; } = "";

    /// <summary>EdgeScanReference.</summary>
    public string Reference { get; set; } = "";

    /// <summary>EdgeScanTimeout, in seconds.</summary>
    public string Timeout { get; set; } = "";

    /// <summary>Where the document for the scanner is written to.</summary>
    [Required]
    public string SbomFile { get; set; } = "";

    /// <summary>Where what was found is written to.</summary>
    [Required]
    public string ScanFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Inventory inventory = await StageFile.ReadAsync(InventoryFile, SbomJson.Indented.Inventory, cancellationToken);
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        Scan scan;
        if (Scanners.Find(Scanner, IsRequired, tools) is var (scanner, program))
        {
            await StageFile.WriteAsync(SbomFile, CycloneDxWriter.WriteForScan(inventory), cancellationToken);
            ScannerRun run = new(scanner, program, Seconds("EdgeScanTimeout", Timeout, DefaultTimeout));
            Diagnostics.Information($"Scanning with '{program}'.");
            scan = await run.AskAsync(new ScanTarget(LayoutFolder, SbomFile, Database, Reference, Arguments), cancellationToken);
        }
        else
        {
            scan = Audit.Of(inventory, "neither trivy nor grype is on PATH");
        }

        await StageFile.WriteAsync(ScanFile, scan, ScanJson.Documents.Scan, cancellationToken);
    }
}
