using EdgeSlim.Bases.Locking;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Bases;

/// <summary>Base images of registries. What the cache has by its digest is not asked for.</summary>
/// <param name="cache">Keeps what was pulled.</param>
/// <param name="connect">Makes the client of a registry.</param>
/// <param name="mirrors">Where images are pulled from.</param>
/// <param name="diagnostics">Where to say what was pulled.</param>
internal sealed class RegistryBases(
    BaseCache cache, Func<RegistryName, RegistryClient> connect, BaseMirrors mirrors, IDiagnosticSink diagnostics)
{
    /// <summary>Pulls an image.</summary>
    /// <param name="name">What the user called it.</param>
    /// <param name="reference">Which it is: by tag, or by the digest that the lock file has.</param>
    /// <param name="platform">The platform.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The image, whose layers are in the cache.</returns>
    public async Task<BaseImage> PullAsync(
        string name, ImageReference reference, Platform platform, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImageReference> places = mirrors.Places(reference);
        foreach (ImageReference mirror in places.SkipLast(1))
        {
            try
            {
                return await PullAsync(name, reference, mirror, platform, isMirror: true, cancellationToken);
            }
            catch (EdgeException e) when (e.Code != DiagnosticCodes.OutputNotWritable)
            {
                diagnostics.Information($"{mirror} cannot be had, the next place is asked. {e.Message}");
            }
        }

        return await PullAsync(name, reference, places[^1], platform, isMirror: false, cancellationToken);
    }

    private async Task<BaseImage> PullAsync(
        string name, ImageReference reference, ImageReference place, Platform platform, bool isMirror, CancellationToken cancellationToken)
    {
        using RegistryClient registry = Connect(place, out RepositoryClient repository);
        RegistryManifest document = reference.IsPinned
            ? await ByDigestAsync(name, repository, Digest.Parse(reference.Reference), cancellationToken)
            : await ByTagAsync(name, reference, repository, isMirror, cancellationToken);
        if (BaseDocuments.IsIndex(document.Descriptor))
        {
            Digest chosen = BaseDocuments.Choose(name, BaseDocuments.Index(name, document).Manifests, platform).Digest;
            document = await ByDigestAsync(name, repository, chosen, cancellationToken);
        }

        ImageManifest manifest = BaseDocuments.Manifest(name, document);
        foreach (Descriptor blob in manifest.Layers.Append(manifest.Config).DistinctBy(b => b.Digest))
        {
            if (!cache.Has(blob))
            {
                await repository.GetBlobAsync(blob, cache.Layout.BlobPath(blob.Digest), cancellationToken);
                diagnostics.Detail($"Pulled {blob.Digest} of {place}, {blob.Size} bytes.");
            }
        }

        return BaseDocuments.Describe(name, document.Descriptor.Digest, manifest, cache.Layout) with
        {
            PulledFrom = place == reference ? null : place.ToString(),
        };
    }

    /// <summary>Looks up which image a reference leads to now.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What the lock file is to say.</returns>
    public async Task<LockedBase> LookUpAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        string name = reference.ToString();
        ImageReference place = mirrors.Redirect(reference);
        using RegistryClient registry = Connect(place, out RepositoryClient repository);
        RegistryManifest document = await GetAsync(name, repository, reference.Reference, cancellationToken);
        IReadOnlyList<Descriptor> manifests = BaseDocuments.IsIndex(document.Descriptor)
            ? BaseDocuments.Index(name, document).Manifests
            : [];
        return new LockedBase
        {
            Reference = name,
            Digest = document.Descriptor.Digest,
            ResolvedFrom = place == reference ? null : place.ToString(),

            // Attestations stand in an index as images of an unknown platform.
            Platforms =
            [
                .. manifests
                    .Where(m => m.Platform is { OperatingSystem: not "unknown" })
                    .Select(m => new LockedPlatform(m.Platform!.ToString(), m.Digest))
                    .OrderBy(p => p.Platform, StringComparer.Ordinal),
            ],
        };
    }

    private RegistryClient Connect(ImageReference place, out RepositoryClient repository)
    {
        RegistryName name = RegistryName.Parse(place.Registry);
        RegistryClient registry = connect(name);
        repository = registry.Repository(name.ApiRepository(place.Repository), RegistryAccess.Pull);
        return registry;
    }

    private async Task<RegistryManifest> ByDigestAsync(
        string name, RepositoryClient repository, Digest digest, CancellationToken cancellationToken)
    {
        if (cache.Find(digest) is RegistryManifest cached)
        {
            return cached;
        }

        RegistryManifest document = await GetAsync(name, repository, digest.ToString(), cancellationToken);
        cache.Keep(document);
        return document;
    }

    private async Task<RegistryManifest> ByTagAsync(
        string name, ImageReference reference, RepositoryClient repository, bool isMirror, CancellationToken cancellationToken)
    {
        RegistryManifest document;
        try
        {
            document = await GetAsync(name, repository, reference.Reference, cancellationToken);
        }
        catch (EdgeException e) when (!isMirror && e.Code is DiagnosticCodes.RegistryUnreachable or DiagnosticCodes.RegistryTimeout
            && cache.LastOf(reference) is Digest last && cache.Find(last) is not null)
        {
            // Better an image of yesterday than none; a lock file says this without a warning.
            Digest known = cache.LastOf(reference)!.Value;
            diagnostics.Warning(DiagnosticCodes.BaseFromCache, name, repository.Registry, known);
            return cache.Find(known)!;
        }

        cache.Keep(document);
        cache.Remember(reference, document.Descriptor.Digest);
        return document;
    }

    private static async Task<RegistryManifest> GetAsync(
        string name, RepositoryClient repository, string reference, CancellationToken cancellationToken) =>
        await repository.GetManifestAsync(reference, cancellationToken)
        ?? throw new EdgeException(DiagnosticCodes.BaseUnreadable, name, $"the registry '{repository.Registry}' has no such image");
}
