using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Results;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="PassedGates"/>: marks the images of a build, or says which gates they did not pass.</summary>
public sealed class RecordGates : EdgeTask
{
    // Small files, of the images that somebody may go back to.
    private const int Kept = 20;

    /// <summary>The layouts of the image and of its debuggable twin.</summary>
    [Required]
    public string[] LayoutFolders { get; set; } = [];

    /// <summary>The gates that an image did not pass; none where all did.</summary>
    public string[] FailedGates { get; set; } = [];

    /// <summary>The folder of all results.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Digest[] images = [.. LayoutFolders.SelectMany(f => new ImageLayout(f).ReadTree().Images).Select(i => i.Descriptor.Digest)];
        if (FailedGates.Length > 0)
        {
            PassedGates.Forget(ResultsFolder, images);
            throw new EdgeException(DiagnosticCodes.GateFailed, string.Join(" and ", FailedGates), LayoutFolders[0]);
        }

        await PassedGates.MarkAsync(ResultsFolder, images, DateTimeOffset.UtcNow, cancellationToken);
        ImageResults.DeleteOldest(ResultsFolder, Kept);
    }
}
