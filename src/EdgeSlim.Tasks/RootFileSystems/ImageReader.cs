using System.Formats.Tar;
using System.Security.Cryptography;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.RootFileSystems;

/// <summary>Reads the layers of an image, without unpacking them.</summary>
public static class ImageReader
{
    private const string WhiteoutPrefix = ".wh.";
    private const string OpaqueWhiteout = ".wh..wh..opq";

    // The kernel's limit (PATH_MAX).
    private const int MaxPathLength = 4096;

    /// <summary>Reads what is in an image.</summary>
    /// <param name="layout">The layout that holds it.</param>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Its paths.</returns>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012).</exception>
    public static ImageFileSystem Read(ImageLayout layout, LayoutImage image, CancellationToken cancellationToken) =>
        Read(layout, image.Manifest.Layers, cancellationToken);

    /// <summary>Reads what is in the layers of an image.</summary>
    /// <param name="layout">The layout that holds them.</param>
    /// <param name="layers">The layers, base first.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The image's paths.</returns>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012).</exception>
    public static ImageFileSystem Read(
        ImageLayout layout, IReadOnlyList<Descriptor> layers, CancellationToken cancellationToken)
    {
        using EntryInspector inspector = new();
        return Read(
            layout, layers, (entry, data) => data is null ? entry : inspector.Inspect(entry, data, cancellationToken), cancellationToken);
    }

    /// <summary>Copies an image with the content of its files into a spool. Layers that are not what they are called are refused.</summary>
    /// <param name="layout">The layout that holds its layers.</param>
    /// <param name="layers">The layers, base first.</param>
    /// <param name="file">The spool, which is empty; it stays open.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012), or the spool cannot be written (EDGE3010).</exception>
    internal static void Spool(
        ImageLayout layout, IReadOnlyList<Descriptor> layers, FileStream file, CancellationToken cancellationToken)
    {
        foreach (Descriptor layer in layers)
        {
            using FileStream blob = layout.OpenBlob(layer);
            Digest seen = Digest.FromHash(SHA256.HashData(blob));
            if (seen != layer.Digest)
            {
                throw new EdgeException(DiagnosticCodes.LayoutDamaged, layout.Folder, $"layer {layer.Digest} is {seen}");
            }
        }

        SpoolWriter spool = new(file);
        spool.Finish(Read(layout, layers, (entry, data) => entry with { Source = spool.Add(data) }, cancellationToken).Entries);
    }

    /// <summary>Reads what is in the layers of an image, and shows each file of each layer while it passes by.</summary>
    /// <param name="layout">The layout that holds them.</param>
    /// <param name="layers">The layers, base first.</param>
    /// <param name="lookInto">Is shown a file and its content, and says what is kept of it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The image's paths.</returns>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012).</exception>
    internal static ImageFileSystem Read(
        ImageLayout layout,
        IReadOnlyList<Descriptor> layers,
        Func<ImageEntry, Stream?, ImageEntry> lookInto,
        CancellationToken cancellationToken)
    {
        ImageFileSystem files = new();
        for (int i = 0; i < layers.Count; i++)
        {
            Descriptor layer = layers[i];
            try
            {
                using Stream content = LayerContent.Open(layout, layer);
                Read(content, i, files, lookInto, cancellationToken);
            }
            catch (Exception e) when (LayerContent.IsDamage(e))
            {
                throw new EdgeException(
                    e, DiagnosticCodes.LayoutDamaged, layout.Folder, $"layer {layer.Digest} is no sound archive: {e.Message}");
            }
        }

        return files;
    }

    private static void Read(
        Stream content,
        int layer,
        ImageFileSystem files,
        Func<ImageEntry, Stream?, ImageEntry> lookInto,
        CancellationToken cancellationToken)
    {
        using TarReader tar = new(content);
        while (tar.GetNextEntry() is TarEntry entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Name.Length > MaxPathLength)
            {
                throw new InvalidDataException($"a path has {entry.Name.Length} characters");
            }

            string path = FileTree.Normalize(entry.Name);
            string name = path[(path.LastIndexOf('/') + 1)..];
            string folder = path[..^name.Length];
            if (name == OpaqueWhiteout)
            {
                files.Clear(folder, layer);
            }
            else if (name.StartsWith(WhiteoutPrefix, StringComparison.Ordinal))
            {
                files.Remove(folder + name[WhiteoutPrefix.Length..], layer);
            }
            else if (entry.EntryType == TarEntryType.HardLink)
            {
                if (files.Find(entry.LinkName) is ImageEntry target)
                {
                    files.Add(target with { Path = path, Layer = layer });
                }
            }
            else if (KindOf(entry.EntryType) is ImageEntryKind kind)
            {
                ImageEntry found = new()
                {
                    Path = path,
                    Kind = kind,
                    Mode = (int)entry.Mode,
                    UserId = entry.Uid,
                    GroupId = entry.Gid,
                    Bytes = kind == ImageEntryKind.File ? entry.Length : 0,
                    Layer = layer,
                    LinkTarget = kind == ImageEntryKind.Link ? entry.LinkName : null,
                };
                files.Add(kind == ImageEntryKind.File ? lookInto(found, entry.DataStream) : found);
            }
        }
    }

    private static ImageEntryKind? KindOf(TarEntryType type) => type switch
    {
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => ImageEntryKind.File,
        TarEntryType.Directory or TarEntryType.DirectoryList => ImageEntryKind.Folder,
        TarEntryType.SymbolicLink => ImageEntryKind.Link,
        TarEntryType.CharacterDevice or TarEntryType.BlockDevice or TarEntryType.Fifo => ImageEntryKind.Other,
        _ => null,
    };
}
