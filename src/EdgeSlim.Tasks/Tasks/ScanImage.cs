using System.Globalization;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Results;
using EdgeSlim.Sbom;
using EdgeSlim.Scanning;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of the scanners: what they know of the image and of its parts. One that has answered is not asked again.</summary>
public sealed class ScanImage : EdgeTask
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The image layout's folder.</summary>
    [Required]
    [NotAsked]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The inventory.</summary>
    [Required]
    [NotAsked]
    public string InventoryFile { get; set; } = "";

    /// <summary>EdgeScanner.</summary>
    public string Scanner { get; set; } = "";

    /// <summary>Whether there has to be a scanner.</summary>
    [NotAsked]
    public bool IsRequired { get; set; }

    /// <summary>EdgeScanArgs.</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>EdgeScanDatabase.</summary>
    public string Database { get; set; } = "";

    /// <summary>EdgeScanReference.</summary>
    public string Reference { get; set; } = "";

    /// <summary>EdgeScanTimeout, in seconds.</summary>
    [NotAsked]
    public string Timeout { get; set; } = "";

    /// <summary>Where the document for the scanner is written to.</summary>
    [Required]
    [NotAsked]
    public string SbomFile { get; set; } = "";

    /// <summary>Where what was found is written to.</summary>
    [Required]
    [NotAsked]
    public string ScanFile { get; set; } = "";

    /// <summary>The folder of all results.</summary>
    [Required]
    [NotAsked]
    public string ResultsFolder { get; set; } = "";

    /// <summary>Whether a scanner has looked at the image, now or before.</summary>
    [Output]
    public bool IsScanned { get; set; }

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Inventory inventory = await StageFile.ReadAsync(InventoryFile, SbomJson.Indented.Inventory, cancellationToken);
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        Scan scan = Scanners.Find(Scanner, IsRequired, tools) is var (scanner, program)
            ? await ScanAsync(scanner, program, inventory, cancellationToken)
            : Audit.Of(inventory, "neither trivy nor grype is on PATH");
        await StageFile.WriteAsync(ScanFile, scan, ScanJson.Documents.Scan, cancellationToken);
    }

    private async Task<Scan> ScanAsync(IScanner scanner, string program, Inventory inventory, CancellationToken cancellationToken)
    {
        IsScanned = true;
        byte[] document = CycloneDxWriter.WriteForScan(inventory);
        ImageResults results = new(ResultsFolder, new ImageLayout(LayoutFolder).ReadTree().Root.Digest);
        Question question = TaskQuestion.Of(
            this, "scan", [Digest.Of(document).ToString(), .. ScannerState.Read(program, Database, Environment.GetEnvironmentVariables(), DateTime.UtcNow)]);
        if (await results.FindAsync(question, ScanJson.Documents.Scan, cancellationToken) is { } known)
        {
            Diagnostics.Information(
                string.Create(CultureInfo.InvariantCulture, $"'{program}' answered for this image at {known.Time:u}. It is not asked again."));
            return known.Value;
        }

        await StageFile.WriteAsync(SbomFile, document, cancellationToken);
        ScannerRun run = new(scanner, program, Seconds("EdgeScanTimeout", Timeout, DefaultTimeout));
        Diagnostics.Information($"Scanning with '{program}'.");
        Scan scan = await run.AskAsync(new ScanTarget(LayoutFolder, SbomFile, Database, Reference, Arguments), cancellationToken);
        await results.KeepAsync(question, new Answer<Scan>(DateTimeOffset.UtcNow, scan), ScanJson.Documents.Scan, cancellationToken);
        return scan;
    }
}
