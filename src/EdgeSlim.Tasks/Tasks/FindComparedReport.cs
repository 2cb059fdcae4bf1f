using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Comparison;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="RegistryReports"/>: gets the report of the image that this one is compared with.</summary>
public sealed class FindComparedReport : RegistryTask
{
    /// <summary>EdgeCompareWith: an image in a registry.</summary>
    [Required]
    public string CompareWith { get; set; } = "";

    /// <summary>The runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The layout of this image.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>Where the report is left. A name that by now stands for this very image leaves what is there.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Platform platform = Platform.FromRuntimeIdentifier(RuntimeIdentifier)
            ?? throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, "RuntimeIdentifier", RuntimeIdentifier, Platform.KnownRuntimeIdentifiers);
        RegistryOptions options = ReadOptions();
        RegistryName? delivery = ReadDeliveryRegistry();
        ImageReport? known = KeptReports.TryRead(ReportFile);
        ImageReport? found = await new RegistryReports(name => Connect(name, delivery, options), Path.GetDirectoryName(ReportFile)!)
            .FindAsync(CompareWith, platform, known, cancellationToken);
        if (found is null)
        {
            File.Delete(ReportFile);
            Diagnostics.Warning(DiagnosticCodes.ComparedImageUnknown, CompareWith);
        }
        else if (found != known && (known is null || found.Image.Digest != new ImageLayout(LayoutFolder).ReadImage().Descriptor.Digest))
        {
            await StageFile.WriteAsync(ReportFile, found, ReportJson.Documents.ImageReport, cancellationToken);
        }
    }
}
