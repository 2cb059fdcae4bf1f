using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Registry;

/// <summary>
/// Pushes what is in a layout, be it an image or an index of images. Blobs go before the manifests that name them, the
/// images of an index before the index, and what has the tags last, so a run that fails or is cancelled leaves every tag
/// pointing to a whole image: the one from before.
/// </summary>
/// <param name="diagnostics">Where to say what was done.</param>
public sealed class ImagePusher(IDiagnosticSink diagnostics)
{
    /// <summary>Pushes an image under tags. Where all of them point to it already, nothing is sent.</summary>
    /// <param name="layout">The layout that holds the image.</param>
    /// <param name="tree">The image, or the index with its images.</param>
    /// <param name="repository">Where to.</param>
    /// <param name="tags">The tags; with none, the image can be pulled by its digest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="EdgeException">The push failed.</exception>
    public async Task<PushResult> PushAsync(
        ImageLayout layout, LayoutTree tree, RepositoryClient repository, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        int requestsBefore = repository.Requests;
        Digest digest = tree.Root.Digest;
        string[] wanted = [.. tags.Distinct(StringComparer.Ordinal)];
        List<string> stale = await FindStaleAsync(
            repository, wanted.Length == 0 ? [digest.ToString()] : wanted, digest, cancellationToken);

        List<Descriptor> sent = [];
        int present = 0;
        if (stale.Count > 0)
        {
            // Read first: a damaged layout is better found before anything is sent.
            RegistryManifest[] manifests = [.. tree.Manifests.Select(m => ReadManifest(layout, m))];
            (sent, present) = await PushBlobsAsync(layout, tree, repository, cancellationToken);
            foreach (RegistryManifest child in manifests[..^1])
            {
                await PushChildAsync(child, repository, cancellationToken);
            }

            foreach (string reference in stale)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await repository.PutManifestAsync(reference, manifests[^1], cancellationToken);
                diagnostics.Detail($"{repository.Registry}/{repository.Name}: {reference} now is {digest}.");
            }
        }

        return new PushResult
        {
            Digest = digest,
            Tags = wanted,
            BlobsUploaded = sent.Count,
            BlobsPresent = present,
            BytesUploaded = sent.Sum(blob => blob.Size),
            ManifestsWritten = stale.Count,
            Requests = repository.Requests - requestsBefore,
        };
    }

    private static async Task<List<string>> FindStaleAsync(
        RepositoryClient repository, IReadOnlyList<string> references, Digest digest, CancellationToken cancellationToken)
    {
        List<string> stale = [];
        foreach (string reference in references)
        {
            if (await repository.FindManifestAsync(reference, cancellationToken) != digest)
            {
                stale.Add(reference);
            }
        }

        return stale;
    }

    private static async Task PushChildAsync(
        RegistryManifest manifest, RepositoryClient repository, CancellationToken cancellationToken)
    {
        Digest digest = manifest.Descriptor.Digest;
        if (await repository.FindManifestAsync(digest.ToString(), cancellationToken) != digest)
        {
            await repository.PutManifestAsync(digest.ToString(), manifest, cancellationToken);
        }
    }

    private static RegistryManifest ReadManifest(ImageLayout layout, Descriptor descriptor)
    {
        using FileStream stream = layout.OpenBlob(descriptor);
        byte[] content = new byte[descriptor.Size];
        stream.ReadExactly(content);
        // A registry takes any manifest under a tag, so nobody else would notice.
        return Digest.Of(content) == descriptor.Digest
            ? new RegistryManifest(descriptor, content)
            : throw new EdgeException(
                DiagnosticCodes.LayoutDamaged, layout.Folder, $"manifest {descriptor.Digest} has other content than its digest says");
    }

    private async Task<(List<Descriptor> Sent, int Present)> PushBlobsAsync(
        ImageLayout layout, LayoutTree tree, RepositoryClient repository, CancellationToken cancellationToken)
    {
        List<Descriptor> sent = [];
        int present = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = repository.Options.Parallelism, CancellationToken = cancellationToken };

        // The tree names each digest once. The first failure cancels the siblings and is the one that comes out.
        await Parallel.ForEachAsync(tree.Blobs, parallel, async (blob, ct) =>
        {
            BlobOutcome outcome = await repository.EnsureBlobAsync(new BlobSource(blob, () => layout.OpenBlob(blob)), ct);
            lock (sent)
            {
                if (outcome == BlobOutcome.Sent)
                {
                    sent.Add(blob);
                }
                else
                {
                    present++;
                }
            }

            diagnostics.Detail($"{repository.Registry}/{repository.Name}: {blob.Digest}, {blob.Size} bytes, {outcome}.");
        });
        return (sent, present);
    }
}
