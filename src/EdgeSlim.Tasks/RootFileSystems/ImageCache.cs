using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.RootFileSystems;

/// <summary>
/// Keeps images unpacked for later builds, of this project and of others, so that a few files of a large one can be had without
/// decompressing the whole. They are found by the digests of their layers; what is read of them is held against hashes.
/// </summary>
/// <param name="folder">The folder of the cache (EdgeCacheDir).</param>
/// <param name="maxBytes">What the cache may take.</param>
/// <param name="diagnostics">Where to say that it is damaged or cannot be written.</param>
public sealed class ImageCache(string folder, long maxBytes, IDiagnosticSink? diagnostics = null)
{
    // Another form of spools is another file.
    private const string Version = "1";

    private readonly CacheFolder _cache = new(folder, maxBytes);

    /// <summary>Opens an image. One that is not there is unpacked.</summary>
    /// <param name="layout">The layout that holds its layers.</param>
    /// <param name="layers">The layers, base first.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The image; null where it cannot be kept, which is warned of (EDGE3017) unless it is too large.</returns>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012).</exception>
    internal SpooledFileSystem? Open(ImageLayout layout, IReadOnlyList<Descriptor> layers, CancellationToken cancellationToken)
    {
        // The layers alone say that it cannot fit.
        if (layers.Sum(l => l.Size) > maxBytes)
        {
            return null;
        }

        try
        {
            string path = PathOf(layers);
            if (Read(path) is SpooledFileSystem kept)
            {
                CacheFolder.MarkUsed(path);
                return kept;
            }

            return Unpack(path, layout, layers, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EdgeException { Code: DiagnosticCodes.OutputNotWritable })
        {
            diagnostics?.Warning(DiagnosticCodes.CacheNotWritable, folder, e.Message);
            return null;
        }
    }

    /// <summary>Drops an image that turned out to be damaged.</summary>
    /// <param name="layers">Its layers.</param>
    internal void Drop(IReadOnlyList<Descriptor> layers)
    {
        diagnostics?.Information($"The cached image of {layers[^1].Digest} is damaged, and is unpacked again.");
        CacheFolder.Attempt(() => File.Delete(PathOf(layers)));
    }

    private static SpooledFileSystem? Read(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return FileSpool.TryOpen(file) is FileSpool spool ? new SpooledFileSystem(spool) : throw new DamagedSpoolException(path);
    }

    private SpooledFileSystem Unpack(
        string path, ImageLayout layout, IReadOnlyList<Descriptor> layers, CancellationToken cancellationToken)
    {
        SpooledFileSystem? image = null;
        try
        {
            CacheFolder.Place(path, temporary =>
            {
                using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 18))
                {
                    ImageReader.Spool(layout, layers, file, cancellationToken);
                }

                // Open before others can see it, and make room for theirs: it stays readable.
                image = Read(temporary);
            });
            _cache.Evict();
            return image!;
        }
        catch
        {
            image?.Dispose();
            throw;
        }
    }

    private string PathOf(IReadOnlyList<Descriptor> layers) => Path.Combine(
        folder, CacheFolder.Images, Digest.Of(Encoding.UTF8.GetBytes($"{Version} {string.Join(' ', layers.Select(l => l.Digest))}")).Hex);
}
