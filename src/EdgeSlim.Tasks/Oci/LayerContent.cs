using System.IO.Compression;
using EdgeSlim.Diagnostics;
using ZstdSharp;

namespace EdgeSlim.Oci;

/// <summary>Opens layers of any compression (image-spec 1.1, layer.md).</summary>
public static class LayerContent
{
    /// <summary>Opens a layer.</summary>
    /// <param name="layout">The layout that holds it.</param>
    /// <param name="layer">The layer.</param>
    /// <returns>The tar archive; it can be read once, and is the caller's to close.</returns>
    /// <exception cref="EdgeException">The blob is missing or damaged, or of an unknown kind (EDGE3012).</exception>
    public static Stream Open(ImageLayout layout, Descriptor layer) => layer.MediaType is
        MediaTypes.Layer or MediaTypes.LayerGzip or MediaTypes.DockerLayerGzip or MediaTypes.LayerZstd or MediaTypes.DockerLayer
            ? new PaddedStream(Decompress(layout.OpenBlob(layer), layer.MediaType, leaveOpen: false))
            : throw new EdgeException(
                DiagnosticCodes.LayoutDamaged,
                layout.Folder,
                $"layer {layer.Digest} has the media type '{layer.MediaType}', which EdgeSlim cannot read");

    /// <summary>Decompresses a layer.</summary>
    /// <param name="content">The compressed bytes.</param>
    /// <param name="mediaType">What they are.</param>
    /// <param name="leaveOpen">Whether they stay open.</param>
    /// <returns>The tar archive.</returns>
    internal static Stream Decompress(Stream content, string mediaType, bool leaveOpen) => mediaType switch
    {
        MediaTypes.LayerZstd => new DecompressionStream(content, leaveOpen: leaveOpen),
        MediaTypes.Layer or MediaTypes.DockerLayer => content,
        _ => new GZipStream(content, CompressionMode.Decompress, leaveOpen),
    };

    /// <summary>Whether an exception says that a layer is no sound archive: what the readers of tar, gzip and zstd throw.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsDamage(Exception exception) => exception
        is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException
        or OverflowException or InvalidOperationException or NotSupportedException or ZstdException;
}
