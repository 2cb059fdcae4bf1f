using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Oci;

/// <summary>
/// Writes into an image layout. Blobs come first, under temporary names until they are whole; the index is replaced
/// last, in one step. Who reads the layout meanwhile, or after a crash, sees the previous image or the new one.
/// </summary>
/// <param name="folder">The layout's folder; it is made where it does not exist.</param>
/// <param name="diagnostics">Where to say what was out of the ordinary.</param>
/// <param name="cache">Where compressed layers are kept; null for nowhere.</param>
public sealed class ImageLayoutWriter(string folder, IDiagnosticSink? diagnostics = null, LayerCache? cache = null)
{
    private const string TemporaryPrefix = ".tmp-";
    private readonly string _blobs = Path.Combine(folder, "blobs", "sha256");

    /// <summary>
    /// Writes a layer as a blob, out of the cache where it is there. It gets its name when it was read back as it was written.
    /// </summary>
    /// <param name="plan">The layer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="EdgeException">The layout cannot be written, or a source cannot be read.</exception>
    public WrittenLayer WriteLayer(LayerPlan plan, CancellationToken cancellationToken) =>
        Guard(() =>
        {
            LayerCache? kept = plan.Entries.Sum(e => e.Size) < LayerCache.LeastBytes ? null : cache;
            using TemporaryBlob temporary = new(_blobs);
            WrittenLayer? cached;
            WrittenLayer layer;
            using (FileStream stream = File.Create(temporary.Path))
            {
                cached = kept?.Copy(LayerWriter.Hash(plan, cancellationToken), plan.Compression, stream, cancellationToken);
                layer = cached
                    ?? VerifiedLayer.Write(plan, LayerEncoders.For(plan.Compression), stream, diagnostics, cancellationToken);
            }

            if (cached is null)
            {
                kept?.Keep(layer, plan.Compression, temporary.Path);
            }

            temporary.Keep(layer.Descriptor.Digest);
            return layer;
        });

    /// <summary>Takes over a blob from another layout.</summary>
    /// <param name="source">The other layout.</param>
    /// <param name="descriptor">The blob.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="EdgeException">The blob is missing or damaged, or the layout cannot be written.</exception>
    public void CopyBlob(ImageLayout source, Descriptor descriptor, CancellationToken cancellationToken) =>
        Guard(() =>
        {
            using FileStream input = source.OpenBlob(descriptor);
            using TemporaryBlob temporary = new(_blobs);
            Digest digest;
            using (FileStream output = File.Create(temporary.Path))
            using (HashingStream hashing = new(output, cancellationToken))
            {
                input.CopyTo(hashing);
                digest = hashing.Finish();
            }

            if (digest != descriptor.Digest)
            {
                throw new EdgeException(
                    DiagnosticCodes.DigestMismatch, source.BlobPath(descriptor.Digest), digest, descriptor.Digest);
            }

            temporary.Keep(digest);
            return true;
        });

    /// <summary>Writes a configuration as a blob.</summary>
    /// <param name="config">The configuration.</param>
    /// <returns>Its descriptor.</returns>
    /// <exception cref="EdgeException">The layout cannot be written.</exception>
    public Descriptor WriteConfig(ImageConfig config) =>
        WriteDocument(config, OciJson.Documents.ImageConfig, MediaTypes.ImageConfig);

    /// <summary>Writes a manifest as a blob.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <returns>Its descriptor.</returns>
    /// <exception cref="EdgeException">The layout cannot be written.</exception>
    public Descriptor WriteManifest(ImageManifest manifest) =>
        WriteDocument(manifest, OciJson.Documents.ImageManifest, MediaTypes.ImageManifest);

    /// <summary>Writes an index as a blob.</summary>
    /// <param name="index">The index.</param>
    /// <returns>Its descriptor.</returns>
    /// <exception cref="EdgeException">The layout cannot be written.</exception>
    public Descriptor WriteIndex(ImageIndex index) =>
        WriteDocument(index, OciJson.Documents.ImageIndex, MediaTypes.ImageIndex);

    /// <summary>Makes an image, or an index of images, all that the layout holds, and removes the blobs of what it held before.</summary>
    /// <param name="manifest">The manifest or index, already written.</param>
    /// <param name="tags">Its tags.</param>
    /// <exception cref="EdgeException">The layout cannot be written.</exception>
    public void Commit(Descriptor manifest, IReadOnlyList<string> tags) =>
        Guard(() =>
        {
            Replace(
                Path.Combine(folder, ImageLayout.MarkerFile),
                System.Text.Encoding.UTF8.GetBytes(ImageLayout.MarkerContent));
            ImageIndex index = new()
            {
                Manifests = tags.Count == 0
                    ? [manifest]
                    : [.. tags.Select(tag => manifest with
                    {
                        Annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
                        {
                            [ImageLayout.RefNameAnnotation] = tag,
                        },
                    })],
            };
            Replace(
                Path.Combine(folder, ImageLayout.IndexFile),
                JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Documents.ImageIndex));
            RemoveUnreferenced(new ImageLayout(folder).ReadTree());
            return true;
        });

    private Descriptor WriteDocument<T>(T document, JsonTypeInfo<T> type, string mediaType) =>
        Guard(() =>
        {
            byte[] content = JsonSerializer.SerializeToUtf8Bytes(document, type);
            Digest digest = Digest.Of(content);
            using TemporaryBlob temporary = new(_blobs);
            File.WriteAllBytes(temporary.Path, content);
            temporary.Keep(digest);
            return new Descriptor { MediaType = mediaType, Digest = digest, Size = content.Length };
        });

    private static void Replace(string path, byte[] content)
    {
        string temporary = $"{path}{TemporaryPrefix}{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private void RemoveUnreferenced(LayoutTree tree)
    {
        HashSet<string> referenced =
            [.. tree.Blobs.Concat(tree.Manifests).Select(d => d.Digest.Hex)];
        foreach (FileInfo blob in new DirectoryInfo(_blobs).EnumerateFiles())
        {
            // Temporary files that a killed run left behind have no digest for a name, and go as well. Those of a run
            // that is still at work are younger than an hour.
            bool isForeign = blob.Name.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
                && blob.LastWriteTimeUtc > DateTime.UtcNow.AddHours(-1);
            if (!referenced.Contains(blob.Name) && !isForeign)
            {
                blob.Delete();
            }
        }
    }

    private T Guard<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, folder, e.Message);
        }
    }

    /// <summary>A blob that has no name yet, and disappears unless it is kept.</summary>
    private sealed class TemporaryBlob : IDisposable
    {
        private readonly string _folder;

        public TemporaryBlob(string folder)
        {
            _folder = folder;
            Directory.CreateDirectory(folder);
            Path = System.IO.Path.Combine(folder, $"{TemporaryPrefix}{Guid.NewGuid():N}");
        }

        public string Path { get; }

        public void Keep(Digest digest) =>
            File.Move(Path, System.IO.Path.Combine(_folder, digest.Hex), overwrite: true);

        public void Dispose() => File.Delete(Path);
    }
}
