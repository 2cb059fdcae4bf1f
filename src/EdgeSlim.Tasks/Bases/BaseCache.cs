using System.Text;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Bases;

/// <summary>
/// Keeps what was pulled, by digest, in the form of an image layout's blobs, and which digest each tag led to. What is in
/// it is never fetched again.
/// </summary>
/// <param name="folder">Its folder.</param>
internal sealed class BaseCache(string folder)
{
    /// <summary>Where the blobs are.</summary>
    public ImageLayout Layout { get; } = new(folder);

    /// <summary>Finds a manifest or an index.</summary>
    /// <param name="digest">Its digest.</param>
    /// <returns>The document; null where it is not there, or damaged.</returns>
    public RegistryManifest? Find(Digest digest)
    {
        string path = Layout.BlobPath(digest);
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] content = File.ReadAllBytes(path);
        if (Digest.Of(content) != digest)
        {
            return null;
        }

        return new RegistryManifest(
            new Descriptor { MediaType = MediaTypeOf(content), Digest = digest, Size = content.Length }, content);
    }

    /// <summary>Keeps a manifest or an index.</summary>
    /// <param name="document">The document.</param>
    public void Keep(RegistryManifest document) =>
        Write(Layout.BlobPath(document.Descriptor.Digest), document.Content.Span);

    /// <summary>Whether a blob is there.</summary>
    /// <param name="blob">The blob.</param>
    /// <returns>Whether it is, with all its bytes.</returns>
    public bool Has(Descriptor blob) =>
        new FileInfo(Layout.BlobPath(blob.Digest)) is { Exists: true } file && file.Length == blob.Size;

    /// <summary>What a reference led to when it was last looked up.</summary>
    /// <param name="reference">The reference.</param>
    /// <returns>The digest; null where it was never looked up.</returns>
    public Digest? LastOf(ImageReference reference) =>
        File.Exists(TagPath(reference)) && Digest.TryParse(File.ReadAllText(TagPath(reference)), out Digest digest) ? digest : null;

    /// <summary>Remembers what a reference leads to.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="digest">The digest.</param>
    public void Remember(ImageReference reference, Digest digest) =>
        Write(TagPath(reference), Encoding.ASCII.GetBytes(digest.ToString()));

    private string TagPath(ImageReference reference) =>
        Path.Combine(folder, "tags", Digest.Of(Encoding.UTF8.GetBytes(reference.ToString())).Hex);

    private static string MediaTypeOf(byte[] content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.TryGetProperty("manifests", out _) ? MediaTypes.ImageIndex : MediaTypes.ImageManifest;
        }
        catch (JsonException)
        {
            // Whoever reads it will say so.
            return MediaTypes.ImageManifest;
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, path, e.Message);
        }
    }
}
