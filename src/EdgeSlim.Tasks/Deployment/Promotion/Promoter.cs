using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Referrers;

namespace EdgeSlim.Deployment.Promotion;

/// <summary>
/// Copies an image from one repository to another as it is: an index with the images of all its platforms, what refers to
/// each of them, and what signing tools keep under tags of their own. No byte changes, so all digests stay. The tags come
/// last: who pulls by them finds the image whole, with its evidence.
/// </summary>
/// <param name="source">Where the image is.</param>
/// <param name="target">Where it is to be.</param>
/// <param name="folder">A folder for blobs that are on their way.</param>
/// <param name="diagnostics">Where to say what was copied.</param>
public sealed class Promoter(RepositoryClient source, RepositoryClient target, string folder, IDiagnosticSink diagnostics)
{
    // What cosign keeps beside an image where it does not use referrers.
    private static readonly string[] SignatureSuffixes = [".sig", ".att", ".sbom"];

    private readonly HashSet<Digest> _copied = [];
    private readonly ReferrerStore _sourceReferrers = new(source);
    private readonly ReferrerStore _targetReferrers = new(target);
    private int _blobs;
    private long _bytes;
    private int _referrers;

    private bool IsOneRegistry => source.Registry.Authority == target.Registry.Authority;

    /// <summary>Copies the image.</summary>
    /// <param name="digest">Which.</param>
    /// <param name="tags">The tags that it gets.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="EdgeException">There is no such image (EDGE7022), or a registry failed.</exception>
    public async Task<PromotionResult> PromoteAsync(Digest digest, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        RegistryManifest root = await CopyAsync(digest, cancellationToken);
        int moved = 0;
        foreach (string tag in tags)
        {
            moved += await TagAsync(tag, root, cancellationToken) ? 1 : 0;
        }

        return new PromotionResult(digest, moved, _blobs, _bytes, _referrers);
    }

    private async Task<RegistryManifest> CopyAsync(Digest digest, CancellationToken cancellationToken)
    {
        RegistryManifest manifest = await source.GetManifestAsync(digest.ToString(), cancellationToken)
            ?? throw new EdgeException(DiagnosticCodes.NothingToPromote, $"{source.Registry}/{source.Name}", digest);
        if (!_copied.Add(digest))
        {
            return manifest;
        }

        (IReadOnlyList<Descriptor> children, IReadOnlyList<Descriptor> blobs) = Parts(manifest);
        foreach (Descriptor child in children)
        {
            await CopyAsync(child.Digest, cancellationToken);
        }

        // What has a manifest has all that it names.
        if (await target.FindManifestAsync(digest.ToString(), cancellationToken) != digest)
        {
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = target.Options.Parallelism, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(blobs, parallel, async (blob, ct) => await CopyBlobAsync(blob, ct));
            await target.PutManifestAsync(digest.ToString(), manifest, cancellationToken);
        }

        await CopyReferrersAsync(digest, cancellationToken);
        await CopySignaturesAsync(digest, cancellationToken);
        return manifest;
    }

    private async Task CopyBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, blob.Digest.Hex);
        BlobSource bytes = new(blob, () => File.OpenRead(file))
        {
            Elsewhere = IsOneRegistry ? [source.ApiName] : [],
            Prepare = ct => File.Exists(file) ? Task.CompletedTask : source.GetBlobAsync(blob, file, ct),
        };
        BlobOutcome outcome = await target.EnsureBlobAsync(bytes, cancellationToken);
        File.Delete(file);
        if (outcome == BlobOutcome.Sent)
        {
            Interlocked.Increment(ref _blobs);
            Interlocked.Add(ref _bytes, blob.Size);
        }

        diagnostics.Detail(
            $"{target.Registry}/{target.Name}: {blob.Digest}, {blob.Size} bytes, {outcome.ToString().ToLowerInvariant()}.");
    }

    private async Task CopyReferrersAsync(Digest subject, CancellationToken cancellationToken)
    {
        foreach (Descriptor entry in await _sourceReferrers.ListAsync(subject, null, cancellationToken))
        {
            if (!_copied.Contains(entry.Digest))
            {
                RegistryManifest manifest = await CopyAsync(entry.Digest, cancellationToken);
                await _targetReferrers.ListedAsync(subject, manifest, entry, cancellationToken);
                _referrers++;
            }
        }
    }

    private async Task CopySignaturesAsync(Digest digest, CancellationToken cancellationToken)
    {
        foreach (string tag in SignatureSuffixes.Select(suffix => $"sha256-{digest.Hex}{suffix}"))
        {
            if (await source.FindManifestAsync(tag, cancellationToken) is Digest signature && !_copied.Contains(signature))
            {
                await TagAsync(tag, await CopyAsync(signature, cancellationToken), cancellationToken);
                _referrers++;
            }
        }
    }

    private async Task<bool> TagAsync(string tag, RegistryManifest manifest, CancellationToken cancellationToken)
    {
        if (await target.FindManifestAsync(tag, cancellationToken) == manifest.Descriptor.Digest)
        {
            return false;
        }

        await target.PutManifestAsync(tag, manifest, cancellationToken);
        return true;
    }

    private (IReadOnlyList<Descriptor> Children, IReadOnlyList<Descriptor> Blobs) Parts(RegistryManifest manifest)
    {
        try
        {
            if (manifest.Descriptor.MediaType is MediaTypes.ImageIndex or MediaTypes.DockerManifestList)
            {
                return (JsonSerializer.Deserialize(manifest.Content.Span, OciJson.Documents.ImageIndex)?.Manifests ?? [], []);
            }

            ImageManifest image = JsonSerializer.Deserialize(manifest.Content.Span, OciJson.Documents.ImageManifest)
                ?? throw new JsonException("The document is null.");
            return ([], [.. image.Layers.Append(image.Config).DistinctBy(b => b.Digest)]);
        }
        catch (JsonException e)
        {
            throw new EdgeException(
                e, DiagnosticCodes.UnexpectedResponse, source.Registry, "200 OK", "GET", $"manifests/{manifest.Descriptor.Digest}",
                "it is neither an image nor an index");
        }
    }
}

/// <summary>What a promotion did.</summary>
/// <param name="Digest">The image.</param>
/// <param name="TagsMoved">How many tags did not point to it before.</param>
/// <param name="BlobsSent">How many blobs were sent; what is there already, or is taken over within a registry, is not.</param>
/// <param name="BytesSent">Their size.</param>
/// <param name="Referrers">How many manifests refer to it or to its images.</param>
public sealed record PromotionResult(Digest Digest, int TagsMoved, int BlobsSent, long BytesSent, int Referrers);
