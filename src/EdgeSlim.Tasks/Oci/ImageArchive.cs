using System.Formats.Tar;
using System.IO.Compression;
using System.Text.RegularExpressions;
using ZstdSharp;

namespace EdgeSlim.Oci;

/// <summary>
/// Unpacks an image archive into an image layout: an OCI archive, or what <c>docker save</c> writes; plain, or compressed
/// with gzip or zstd.
/// </summary>
public static partial class ImageArchive
{
    /// <summary>Unpacks an archive.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="folder">The layout's folder, which is empty.</param>
    /// <param name="platform">The platform to take of an archive of docker's with several images.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidDataException">It is no image archive, or damaged; damage to the tar shows as other exceptions.</exception>
    public static void Unpack(Stream archive, string folder, Platform platform, CancellationToken cancellationToken)
    {
        ImageLayout layout = new(folder);
        string others = Path.Combine(folder, "files");
        Directory.CreateDirectory(Path.GetDirectoryName(layout.BlobPath(Digest.Of([])))!);
        Directory.CreateDirectory(others);
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        Dictionary<string, string> links = new(StringComparer.Ordinal);
        using Stream content = Decompressed(archive);
        using TarReader tar = new(content);
        while (tar.GetNextEntry() is TarEntry entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                links[name] = entry.EntryType == TarEntryType.HardLink ? entry.LinkName : Resolve(name, entry.LinkName);
            }
            else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                Stream data = entry.DataStream ?? Stream.Null;
                if (BlobName().Match(name) is { Success: true } blob)
                {
                    Digest expected = Digest.Parse("sha256:" + blob.Groups["hex"].Value);
                    Write(data, layout.BlobPath(expected), expected, cancellationToken);
                }

                // Docker's archives name files as they like, and blobs too.
                else
                {
                    files[name] = Path.Combine(others, files.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    Write(data, files[name], null, cancellationToken);
                }
            }
        }

        string? Find(string name) =>
            files.TryGetValue(name, out string? file) ? file
            : links.TryGetValue(name, out string? target) ? files.GetValueOrDefault(target)
            : BlobName().Match(name) is { Success: true } blob ? layout.BlobPath(Digest.Parse("sha256:" + blob.Groups["hex"].Value))
            : null;

        if (files.TryGetValue(ImageLayout.IndexFile, out string? index))
        {
            File.Move(index, Path.Combine(folder, ImageLayout.IndexFile));
        }
        else if (files.TryGetValue(DockerArchive.ManifestFile, out string? manifest))
        {
            DockerArchive.Convert(File.ReadAllBytes(manifest), Find, layout, platform, cancellationToken);
        }
        else
        {
            throw new InvalidDataException("it is no image archive: it has neither an index.json nor a manifest.json");
        }

        File.WriteAllText(Path.Combine(folder, ImageLayout.MarkerFile), ImageLayout.MarkerContent);
        Directory.Delete(others, recursive: true);
    }

    /// <summary>Opens what may be compressed, as its first bytes say.</summary>
    /// <param name="stream">The file, which can be sought.</param>
    /// <returns>The content.</returns>
    internal static Stream Decompressed(Stream stream)
    {
        Span<byte> magic = stackalloc byte[4];
        int length = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return magic[..length] switch
        {
            [0x1f, 0x8b, ..] => new GZipStream(stream, CompressionMode.Decompress),
            [0x28, 0xb5, 0x2f, 0xfd] => new DecompressionStream(stream),
            _ => stream,
        };
    }

    /// <summary>Writes a file, and says its digest.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="path">The file.</param>
    /// <param name="expected">The digest that it must have; null for any.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The digest.</returns>
    internal static Digest Write(Stream content, string path, Digest? expected, CancellationToken cancellationToken)
    {
        using FileStream file = File.Create(path);
        using HashingStream hashing = new(file, cancellationToken);
        content.CopyTo(hashing);
        Digest seen = hashing.Finish();
        return expected is null || expected == seen
            ? seen
            : throw new InvalidDataException($"its blob {expected} has the digest {seen}");
    }

    private static string Resolve(string link, string target)
    {
        List<string> parts = [.. link.Split('/')[..^1]];
        foreach (string part in target.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ".." or ""))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    [GeneratedRegex(@"\Ablobs/sha256/(?<hex>[0-9a-f]{64})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex BlobName();
}
