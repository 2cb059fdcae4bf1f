using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Checksums"/>: those of all that a build leaves for its user.</summary>
public sealed class WriteChecksums : EdgeTask
{
    /// <summary>The folder that names are relative to.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The files.</summary>
    public string[] Files { get; set; } = [];

    /// <summary>What was delivered: archives count as well.</summary>
    public string[] DeliveriesFiles { get; set; } = [];

    /// <summary>Where the list is written to.</summary>
    [Required]
    public string ChecksumsFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        List<string> files = [.. Files];
        foreach (string deliveries in DeliveriesFiles)
        {
            IReadOnlyList<Delivered> delivered = await StageFile.ReadAsync(deliveries, FactsJson.Documents.IReadOnlyListDelivered, cancellationToken);
            files.AddRange(delivered.Where(d => d.Kind == "archive").SelectMany(d => d.Names));
        }

        await StageFile.WriteAsync(ChecksumsFile, Checksums.Of(Folder, files), cancellationToken);
    }
}
