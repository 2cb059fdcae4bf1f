using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using EdgeSlim.Bench.Setup;

namespace EdgeSlim.Bench.Measuring;

/// <summary>What an image is like, as it lies in the registry.</summary>
/// <param name="CompressedBytes">What a device downloads: manifest, configuration and layers, those of the base included.</param>
/// <param name="UncompressedBytes">The sizes of its files.</param>
/// <param name="Files">How many files it has.</param>
internal sealed record ImageFacts(long CompressedBytes, long UncompressedBytes, int Files)
{
    /// <summary>Reads an image.</summary>
    public static ImageFacts Read(LocalRegistry registry, string repository, string tag)
    {
        byte[] content = registry.Manifest(repository, tag);
        using JsonDocument manifest = JsonDocument.Parse(content);
        JsonElement[] layers = [.. manifest.RootElement.GetProperty("layers").EnumerateArray()];
        long compressed = content.Length + manifest.RootElement.GetProperty("config").GetProperty("size").GetInt64()
            + layers.Sum(l => l.GetProperty("size").GetInt64());

        // A path that is in several layers is one file, that of the topmost.
        Dictionary<string, long> files = [];
        foreach (JsonElement layer in layers)
        {
            using Stream blob = registry.Blob(repository, layer.GetProperty("digest").GetString()!);
            using GZipStream archive = new(blob, CompressionMode.Decompress);
            using TarReader reader = new(archive);
            while (reader.GetNextEntry() is TarEntry entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                {
                    files[entry.Name.TrimStart('.', '/')] = entry.Length;
                }
            }
        }

        return new ImageFacts(compressed, files.Values.Sum(), files.Count);
    }
}
