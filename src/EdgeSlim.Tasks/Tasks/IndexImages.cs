using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ImageIndexer"/>.</summary>
public sealed class IndexImages : EdgeTask
{
    /// <summary>The folders of the images' layouts.</summary>
    [Required]
    public string[] Images { get; set; } = [];

    /// <summary>The tags.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>The folder of the layout with the index.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>A file that two runs on the same layout agree on.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>Where the digest of what was composed is noted.</summary>
    [Required]
    public string DigestFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        LayoutTree tree = await new ImageIndexer(LayoutFolder, LockFile)
            .IndexAsync([.. Images.Select(i => new ImageLayout(i))], Tags, cancellationToken);
        await StageFile.WriteAsync(DigestFile, [tree.Root.Digest.ToString()], cancellationToken);
        Diagnostics.Detail($"Indexed {string.Join(", ", tree.Images.Select(i => i.Descriptor.Platform))} as {tree.Root.Digest}.");
    }
}
