using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Registry;

/// <summary>
/// Pushes what is in a layout, be it an image or an index of images. Blobs go before the manifests that name them, the
/// images of an index before the index, and what has the tags last, so a run that fails or is cancelled leaves every tag
/// pointing to a whole image: the one from before. What was put is pulled back and compared.
/// </summary>
/// <param name="diagnostics">Where to say what was done.</param>
public sealed class ImagePusher(IDiagnosticSink diagnostics)
{
    /// <summary>Does what is to be done. Where all tags point to the image already, nothing is sent.</summary>
    /// <param name="plan">What is to be done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="EdgeException">The push failed.</exception>
    public async Task<PushResult> PushAsync(PushPlan plan, CancellationToken cancellationToken)
    {
        (PushRequest request, RepositoryClient repository, IReadOnlyList<string> stale, int requestsBefore) = plan;
        List<(Descriptor Blob, BlobOutcome Outcome)> blobs = [];
        if (stale.Count > 0)
        {
            // Read first: a damaged layout is better found before anything is sent.
            RegistryManifest[] manifests = [.. request.Tree.Manifests.Select(m => ReadManifest(request.Layout, m))];
            blobs = await PushBlobsAsync(request, repository, cancellationToken);
            foreach (RegistryManifest child in manifests[..^1])
            {
                await PushChildAsync(child, repository, cancellationToken);
            }

            foreach (string reference in stale)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await repository.PutManifestAsync(reference, manifests[^1], cancellationToken);
                diagnostics.Detail($"{repository.Registry}/{repository.Name}: {reference} now is {request.Tree.Root.Digest}.");
            }

            await PullBackAsync(repository, stale, manifests, cancellationToken);
        }

        request.Known.Remember(
            repository.Registry, repository.ApiName, request.Tree.Images.SelectMany(i => i.Manifest.Layers).Select(l => l.Digest));
        Descriptor[] sent = [.. blobs.Where(b => b.Outcome == BlobOutcome.Sent).Select(b => b.Blob)];
        return new PushResult
        {
            Digest = request.Tree.Root.Digest,
            Tags = [.. request.Tags.Distinct(StringComparer.Ordinal)],
            BlobsUploaded = sent.Length,
            BlobsMounted = blobs.Count(b => b.Outcome == BlobOutcome.Mounted),
            BlobsPresent = blobs.Count(b => b.Outcome == BlobOutcome.Present),
            BytesUploaded = sent.Sum(blob => blob.Size),
            ManifestsWritten = stale.Count,
            Requests = repository.Requests - requestsBefore,
        };
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

    // By digest, as devices are told to pull, and by each tag that was moved.
    private static async Task PullBackAsync(
        RepositoryClient repository, IEnumerable<string> moved, RegistryManifest[] manifests, CancellationToken cancellationToken)
    {
        PullBack pullBack = new(repository);
        foreach (RegistryManifest manifest in manifests)
        {
            await pullBack.CheckAsync(manifest.Descriptor.Digest.ToString(), manifest, cancellationToken);
        }

        foreach (string tag in moved.Where(m => m != manifests[^1].Descriptor.Digest.ToString()))
        {
            await pullBack.CheckAsync(tag, manifests[^1], cancellationToken);
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

    private async Task<List<(Descriptor Blob, BlobOutcome Outcome)>> PushBlobsAsync(
        PushRequest request, RepositoryClient repository, CancellationToken cancellationToken)
    {
        List<(Descriptor, BlobOutcome)> done = [];
        var progress = new TransferProgress(diagnostics, repository.Options.Clock, $"{repository.Registry}/{repository.Name}");
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = repository.Options.Parallelism, CancellationToken = cancellationToken };

        // The tree names each digest once. The first failure cancels the siblings and is the one that comes out.
        await Parallel.ForEachAsync(request.Tree.Blobs, parallel, async (blob, ct) =>
        {
            BlobSource source = new(blob, () => request.Layout.OpenBlob(blob))
            {
                Elsewhere = request.Known.RepositoriesWith(repository.Registry, blob.Digest, repository.ApiName),
                Progress = progress.Part(blob.Size),
            };
            BlobOutcome outcome = await repository.EnsureBlobAsync(source, ct);
            lock (done)
            {
                done.Add((blob, outcome));
            }

            diagnostics.Detail(
                $"{repository.Registry}/{repository.Name}: {blob.Digest}, {blob.Size} bytes, {outcome.ToString().ToLowerInvariant()}.");
        });
        return done;
    }
}
