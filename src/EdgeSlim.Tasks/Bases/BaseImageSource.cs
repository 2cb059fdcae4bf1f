using EdgeSlim.Bases.Locking;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Bases;

/// <summary>Finds base images: those of image layouts and archives on disk, and those of registries.</summary>
/// <param name="cacheFolder">Where what was pulled or unpacked is kept.</param>
/// <param name="connect">Makes the client of a registry.</param>
/// <param name="diagnostics">Where to say what was pulled.</param>
/// <param name="mirrors">Where images are pulled from instead; null for nowhere else.</param>
/// <param name="pins">The lock file; null for none.</param>
public sealed class BaseImageSource(
    string cacheFolder,
    Func<RegistryName, RegistryClient> connect,
    IDiagnosticSink diagnostics,
    BaseMirrors? mirrors = null,
    BasePins? pins = null)
{
    private readonly BasePins _pins = pins ?? BasePins.None;
    private readonly RegistryBases _registries = new(new BaseCache(cacheFolder), connect, mirrors ?? BaseMirrors.None, diagnostics);

    /// <summary>Finds a base image.</summary>
    /// <param name="name"><c>oci:FOLDER[:NAME]</c>, an image archive or an image reference.</param>
    /// <param name="platform">The platform to take of a multi-architecture image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The image, whose layers are on disk.</returns>
    /// <exception cref="EdgeException">It cannot be had, or there is none for the platform.</exception>
    public async Task<BaseImage> FindAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        if (BaseImage.IsLocalName(name))
        {
            BaseImage local = FindLocal(name, platform, cancellationToken);
            return local with { IsLocked = _pins.Check(name, local.Digest!.Value, platform) };
        }

        ImageReference reference = ImageReference.Parse(name);
        LockedBase? locked = _pins.Find(reference);
        return locked is null
            ? await _registries.PullAsync(name, reference, platform, cancellationToken)
            : await _registries.PullAsync(
                name, reference with { Reference = locked.DigestFor(platform).ToString() }, platform, cancellationToken) with
            {
                IsLocked = true,
            };
    }

    /// <summary>Looks up which image a base is now, past the lock file.</summary>
    /// <param name="name"><c>oci:FOLDER[:NAME]</c>, an image archive or an image reference.</param>
    /// <param name="platform">The platform, which counts for images on disk.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What the lock file is to say.</returns>
    /// <exception cref="EdgeException">It cannot be had.</exception>
    public async Task<LockedBase> LookUpAsync(string name, Platform platform, CancellationToken cancellationToken) =>
        BaseImage.IsLocalName(name)
            ? new LockedBase
            {
                Reference = name,
                Digest = FindLocal(name, platform, cancellationToken).Digest!.Value,
                Platforms = [],
            }
            : await _registries.LookUpAsync(ImageReference.Parse(name), cancellationToken);

    private BaseImage FindLocal(string name, Platform platform, CancellationToken cancellationToken)
    {
        (ImageLayout layout, Descriptor descriptor) = BaseImage.IsArchiveName(name)
            ? BaseArchive.Find(name, cacheFolder, platform, cancellationToken)
            : BaseLayout.Find(name, platform);

        // Several tools put the index of a multi-architecture image into the index of the layout.
        while (BaseDocuments.IsIndex(descriptor))
        {
            descriptor = BaseDocuments.Choose(name, layout.ReadIndex(descriptor).Manifests, platform);
        }

        return BaseDocuments.Describe(name, descriptor.Digest, layout.ReadManifest(descriptor), layout);
    }
}
