using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="SymbolArchive"/>.</summary>
public sealed class PackSymbols : EdgeTask
{
    /// <summary>What was published.</summary>
    [Required]
    public string PayloadFile { get; set; } = "";

    /// <summary>Where the symbols are.</summary>
    [Required]
    public string SymbolsFolder { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Required]
    public string ArchiveFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Payload payload = await StageFile.ReadAsync(PayloadFile, PlanJson.Documents.Payload, cancellationToken);
        if (!SymbolArchive.Pack(payload, SymbolsFolder, ArchiveFile, cancellationToken))
        {
            Diagnostics.Important("There are no symbols to push (EdgePushSymbols): the publish kept none.");
        }
    }
}
