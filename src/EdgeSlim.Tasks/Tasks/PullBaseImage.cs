using EdgeSlim.Bases;
using EdgeSlim.Bases.Locking;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="BaseImageSource"/>.</summary>
public sealed class PullBaseImage : RegistryTask
{
    /// <summary>The base image: <c>oci:FOLDER</c>, an archive or an image reference.</summary>
    [Required]
    public string BaseImage { get; set; } = "";

    /// <summary>The runtime identifier of the payload.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The image layout that keeps what was pulled.</summary>
    [Required]
    public string CacheFolder { get; set; } = "";

    /// <summary>Where the base image's description is written to.</summary>
    [Required]
    public string BaseFile { get; set; } = "";

    /// <summary>EdgeLockFile.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>EdgeLockedMode.</summary>
    public string LockedMode { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Platform platform = Platform.FromRuntimeIdentifier(RuntimeIdentifier)
            ?? throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, "RuntimeIdentifier", RuntimeIdentifier, Platform.KnownRuntimeIdentifiers);
        RegistryOptions options = ReadOptions();
        RegistryName? delivery = ReadDeliveryRegistry();
        BaseImageSource source = new(
            CacheFolder,
            name => Connect(name, delivery, options),
            Diagnostics,
            BaseMirrors.Parse(Mirror, Mirrors),
            new BasePins(LockFile, BaseLockFile.Read(LockFile), Flag("EdgeLockedMode", LockedMode)));
        BaseImage found = await source.FindAsync(BaseImage, platform, cancellationToken);
        Diagnostics.Information(
            $"The base image {found.Name} is {found.Digest}{(found.IsLocked ? ", as the lock file says" : "")}"
            + $"{(found.PulledFrom is string place ? $", pulled from {place}" : "")}.");
        // What the base came from can give its layers to the image too.
        if (!found.IsLocal)
        {
            ImageReference origin = ImageReference.Parse(found.PulledFrom ?? found.Name);
            RegistryName registry = RegistryName.Parse(origin.Registry);
            ReadKnownBlobs().Remember(registry, registry.ApiRepository(origin.Repository), found.Layers.Select(l => l.Digest));
        }

        await StageFile.WriteAsync(BaseFile, found, PlanJson.Documents.BaseImage, cancellationToken);
    }
}
