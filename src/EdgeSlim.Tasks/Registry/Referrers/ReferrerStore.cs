using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Registry.Referrers;

/// <summary>
/// What refers to an image of a repository (distribution-spec 1.1, "Referrers"). Registries that keep no list of it
/// themselves have one under the tag <c>sha256-HEX</c>, which is kept here.
/// </summary>
/// <param name="repository">The repository that has the image.</param>
public sealed class ReferrerStore(RepositoryClient repository)
{
    private readonly ReferrersTag _tag = new(repository);

    /// <summary>Pushes something that refers to an image. What is there and listed already is not sent again.</summary>
    /// <param name="subject">The image.</param>
    /// <param name="artifact">What refers to it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The artifact's manifest.</returns>
    /// <exception cref="EdgeException">Among other things: the list could not be kept (EDGE4016).</exception>
    public async Task<Descriptor> PushAsync(Descriptor subject, Artifact artifact, CancellationToken cancellationToken) =>
        (await PushAsync(subject, [artifact], cancellationToken))[0];

    /// <summary>Pushes what refers to an image, side by side, and lists it at once. What is there and listed already is not sent again.</summary>
    /// <param name="subject">The image.</param>
    /// <param name="artifacts">What refers to it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The artifacts' manifests.</returns>
    /// <exception cref="EdgeException">Among other things: the list could not be kept (EDGE4016).</exception>
    public async Task<IReadOnlyList<Descriptor>> PushAsync(
        Descriptor subject, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken)
    {
        ArtifactDocument[] documents = [.. artifacts.Select(a => ArtifactDocument.Of(a, subject))];
        bool[] areThere = await Task.WhenAll(documents.Select(d => IsThereAsync(d, cancellationToken)));
        HashSet<Digest> listed = areThere.Contains(true)
            ? [.. (await ListAsync(subject.Digest, null, cancellationToken)).Select(r => r.Digest)]
            : [];
        ArtifactDocument[] missing = [.. documents.Where((d, i) => !areThere[i] || !listed.Contains(d.Entry.Digest))];
        ManifestAnswer[] answers = await Task.WhenAll(missing.Select(d => SendAsync(d, cancellationToken)));
        Descriptor[] unlisted = [.. missing.Where((_, i) => !answers[i].KeepsReferrers).Select(d => d.Entry)];
        if (unlisted.Length > 0)
        {
            await _tag.AddAsync(subject.Digest, unlisted, cancellationToken);
        }

        return [.. documents.Select(d => d.Entry)];
    }

    /// <summary>Sees to it that a manifest that the registry has is listed among those that refer to an image.</summary>
    /// <param name="subject">The image.</param>
    /// <param name="manifest">What refers to it.</param>
    /// <param name="entry">How the list names it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The work.</returns>
    /// <exception cref="EdgeException">Among other things: the list could not be kept (EDGE4016).</exception>
    public async Task ListedAsync(Digest subject, RegistryManifest manifest, Descriptor entry, CancellationToken cancellationToken)
    {
        if ((await ListAsync(subject, null, cancellationToken)).Any(r => r.Digest == entry.Digest))
        {
            return;
        }

        // Put again, the registry says whether it keeps the list itself.
        if (!(await repository.PutManifestAsync(entry.Digest.ToString(), manifest, cancellationToken)).KeepsReferrers)
        {
            await _tag.AddAsync(subject, [entry], cancellationToken);
        }
    }

    /// <summary>Lists what refers to an image.</summary>
    /// <param name="subject">The image.</param>
    /// <param name="artifactType">Only what is of this type; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The manifests.</returns>
    public async Task<IReadOnlyList<Descriptor>> ListAsync(
        Digest subject, string? artifactType, CancellationToken cancellationToken)
    {
        IReadOnlyList<Descriptor> all = await repository.FindReferrersAsync(subject, artifactType, cancellationToken)
            ?? (await _tag.ReadAsync(subject, cancellationToken)).Entries;
        // Registries may filter, and need not.
        return [.. all.Where(d => artifactType is null || d.ArtifactType == artifactType).DistinctBy(d => d.Digest)];
    }

    private async Task<bool> IsThereAsync(ArtifactDocument document, CancellationToken cancellationToken) =>
        await repository.FindManifestAsync(document.Entry.Digest.ToString(), cancellationToken) == document.Entry.Digest;

    private async Task<ManifestAnswer> SendAsync(ArtifactDocument document, CancellationToken cancellationToken)
    {
        foreach ((Descriptor descriptor, ReadOnlyMemory<byte> bytes) in document.Blobs)
        {
            await repository.EnsureBlobAsync(new BlobSource(descriptor, () => new MemoryStream(bytes.ToArray())), cancellationToken);
        }

        return await repository.PutManifestAsync(document.Entry.Digest.ToString(), document.Manifest, cancellationToken);
    }
}
