using System.Globalization;
using System.Text;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Oci;

/// <summary>
/// Keeps compressed layers for later images, of this project and of others, since compressing is what takes the time. Any
/// number of builds may use it at once: an entry appears whole or not at all, is copied and held against its digest when
/// it is used, and may be deleted at any time.
/// </summary>
/// <param name="folder">Its folder.</param>
/// <param name="maxBytes">What its layers may take; those that were not used for the longest time go first.</param>
/// <param name="diagnostics">Where to say that it is damaged or cannot be written.</param>
public sealed class LayerCache(string folder, long maxBytes, IDiagnosticSink? diagnostics = null)
{
    /// <summary>Below it, compressing takes no more time than looking it up.</summary>
    internal const long LeastBytes = 64 * 1024;

    private readonly CacheFolder _cache = new(folder, maxBytes);
    private readonly string _entries = Path.Combine(folder, "layers", "entries");
    private readonly ImageLayout _layout = new(Path.Combine(folder, CacheFolder.Layers));
    private int _hasWarned;

    /// <summary>Where it is by default: in the folder for caches of the user.</summary>
    /// <param name="environment">Reads environment variables.</param>
    /// <returns>The folder; null where there is none.</returns>
    public static string? DefaultFolder(Func<string, string?> environment)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        string caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : environment("XDG_CACHE_HOME") is { } named && Path.IsPathFullyQualified(named) ? named
            : home.Length == 0 ? ""
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Path.Combine(home, ".cache");
        return caches.Length == 0 ? null : Path.Combine(caches, "edgeslim");
    }

    /// <summary>Copies a layer out of the cache.</summary>
    /// <param name="diffId">The digest of its uncompressed archive.</param>
    /// <param name="compression">How it is to be compressed.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The layer; null where it is not there, or damaged.</returns>
    internal WrittenLayer? Copy(
        Digest diffId, LayerCompression compression, FileStream target, CancellationToken cancellationToken)
    {
        string entry = EntryPath(diffId, compression);
        WrittenLayer? layer = Read(entry, diffId, compression, out bool isThere);
        bool isSound = layer is not null && CopyBlob(layer.Descriptor, target, cancellationToken);
        if (isSound)
        {
            CacheFolder.MarkUsed(_layout.BlobPath(layer!.Descriptor.Digest));
            return layer;
        }

        if (isThere)
        {
            diagnostics?.Information($"The cached layer {diffId} is damaged or gone, and is compressed again.");
            CacheFolder.Attempt(() => File.Delete(entry));
        }

        return null;
    }

    /// <summary>Keeps a layer. Where that fails the layer is none the worse: it is warned of once (EDGE3017).</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="compression">How it is compressed.</param>
    /// <param name="file">The file that holds it.</param>
    internal void Keep(WrittenLayer layer, LayerCompression compression, string file)
    {
        if (layer.Descriptor.Size > maxBytes)
        {
            return;
        }

        try
        {
            string blob = _layout.BlobPath(layer.Descriptor.Digest);
            CacheFolder.Place(blob, temporary => File.Copy(file, temporary));
            CacheFolder.Place(EntryPath(layer.DiffId, compression), temporary => File.WriteAllText(temporary, Entry(layer, compression)));
            Evict();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref _hasWarned, 1) == 0)
            {
                diagnostics?.Warning(DiagnosticCodes.CacheNotWritable, folder, e.Message);
            }
        }
    }

    // With a digest of itself: a damaged line must not lead to another layer.
    private static string Entry(WrittenLayer layer, LayerCompression compression)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture, $"{layer.Descriptor.Digest} {layer.Descriptor.Size} {layer.UncompressedSize}");
        return $"{line} {Key(layer.DiffId, compression, line)}\n";
    }

    private static string Key(Digest diffId, LayerCompression compression, string more = "") =>
        Digest.Of(Encoding.UTF8.GetBytes($"{diffId} {compression} {LayerEncoders.Version} {more}")).Hex;

    private string EntryPath(Digest diffId, LayerCompression compression) => Path.Combine(_entries, Key(diffId, compression));

    private static WrittenLayer? Read(string path, Digest diffId, LayerCompression compression, out bool isThere)
    {
        isThere = false;
        try
        {
            string text = File.ReadAllText(path);
            isThere = true;
            if (text.Split(' ') is [string digest, string size, string uncompressed, _]
                && Digest.TryParse(digest, out Digest blob)
                && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
                && long.TryParse(uncompressed, NumberStyles.None, CultureInfo.InvariantCulture, out long uncompressedBytes))
            {
                Descriptor descriptor = new() { MediaType = compression.MediaType(), Digest = blob, Size = bytes };
                WrittenLayer layer = new(descriptor, diffId, uncompressedBytes);
                return Entry(layer, compression) == text ? layer : null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or not to be read: as good as not there.
        }

        return null;
    }

    private bool CopyBlob(Descriptor blob, FileStream target, CancellationToken cancellationToken)
    {
        FileStream source;
        try
        {
            source = _layout.OpenBlob(blob);
        }
        catch (EdgeException)
        {
            return false;
        }

        using (source)
        using (HashingStream hashing = new(target, cancellationToken))
        {
            source.CopyTo(hashing);
            return hashing.Finish() == blob.Digest;
        }
    }

    private void Evict()
    {
        bool hasEvicted = _cache.Evict();
        FileInfo[] entries = CacheFolder.Files(_entries);
        CacheFolder.RemoveAbandoned(entries);
        foreach (FileInfo entry in hasEvicted ? entries.Where(e => e.Extension.Length == 0) : [])
        {
            CacheFolder.Attempt(() =>
            {
                bool isOfBlob = Digest.TryParse(File.ReadAllText(entry.FullName).Split(' ')[0], out Digest digest)
                    && File.Exists(_layout.BlobPath(digest));
                if (!isOfBlob)
                {
                    entry.Delete();
                }
            });
        }
    }
}
