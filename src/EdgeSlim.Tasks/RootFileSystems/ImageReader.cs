using System.Formats.Tar;
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

    /// <summary>Reads what is in the layers of an image, with the content of its files.</summary>
    /// <param name="layout">The layout that holds them.</param>
    /// <param name="layers">The layers, base first.</param>
    /// <param name="folder">A folder for the one file that holds the content of all; it goes with what is returned.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The image's paths and the content of its files.</returns>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012), or the folder cannot be written (EDGE3010).</exception>
    public static SpooledFileSystem Spool(
        ImageLayout layout, IReadOnlyList<Descriptor> layers, string folder, CancellationToken cancellationToken)
    {
        FileSpool spool = new(folder);
        try
        {
            ImageFileSystem files = Read(
                layout, layers, (entry, data) => entry with { Source = spool.Add(data ?? Stream.Null) }, cancellationToken);
            return new SpooledFileSystem(files, spool);
        }
        catch
        {
            spool.Dispose();
            throw;
        }
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
