using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ImageComposer"/>.</summary>
public sealed class ComposeImage : EdgeTask
{
    /// <summary>The plan.</summary>
    [Required]
    public string PlanFile { get; set; } = "";

    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>A file that two runs on the same layout agree on.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>Where the digest of what was composed is noted.</summary>
    [Required]
    public string DigestFile { get; set; } = "";

    /// <summary>EdgeCacheDir; empty for a folder in that of the user's caches.</summary>
    public string CacheDir { get; set; } = "";

    /// <summary>EdgeCacheMaxBytes.</summary>
    public string CacheMaxBytes { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ImagePlan plan = await StageFile.ReadAsync(PlanFile, PlanJson.Documents.ImagePlan, cancellationToken);
        LayerCache? cache = Cache(CacheDir, CacheMaxBytes) is var (folder, maxBytes) ? new LayerCache(folder, maxBytes, Diagnostics) : null;
        ImageComposer composer = new(LayoutFolder, LockFile, Diagnostics, cache);
        LayoutImage image = await composer.ComposeAsync(plan, cancellationToken);
        await StageFile.WriteAsync(DigestFile, [image.Descriptor.Digest.ToString()], cancellationToken);
        Diagnostics.Detail($"Composed {image.Descriptor.Digest}.");
    }
}
