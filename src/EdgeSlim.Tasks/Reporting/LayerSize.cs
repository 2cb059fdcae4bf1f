using System.Buffers.Binary;
using EdgeSlim.Oci;

namespace EdgeSlim.Reporting;

/// <summary>How large a layer of a base image is when it is unpacked.</summary>
internal static class LayerSize
{
    /// <summary>Reads it where it stands, at the end of a gzip file; of another layer what it has compressed is all that is known.</summary>
    /// <param name="layout">The layout that has the layers.</param>
    /// <returns>What reads it.</returns>
    public static Func<Descriptor, long> Of(ImageLayout layout) => layer =>
    {
        if (!layer.MediaType.EndsWith("gzip", StringComparison.Ordinal))
        {
            return layer.Size;
        }

        using FileStream blob = layout.OpenBlob(layer);
        Span<byte> end = stackalloc byte[4];
        blob.Seek(-Math.Min(4, blob.Length), SeekOrigin.End);
        return blob.ReadAtLeast(end, 4, throwOnEndOfStream: false) == 4
            ? Math.Max(layer.Size, BinaryPrimitives.ReadUInt32LittleEndian(end))
            : layer.Size;
    };
}
