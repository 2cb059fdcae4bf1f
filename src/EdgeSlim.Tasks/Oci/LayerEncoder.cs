using System.IO.Compression;
using EdgeSlim.Oci.Deflate;

namespace EdgeSlim.Oci;

/// <summary>Begins a gzip file.</summary>
/// <param name="output">Where it goes; it stays open.</param>
/// <param name="cancellationToken">Ends the work.</param>
/// <returns>What takes the archive, and ends the file when it is disposed of.</returns>
internal delegate Stream LayerEncoder(Stream output, CancellationToken cancellationToken);

/// <summary>The encoders there are.</summary>
internal static class LayerEncoders
{
    // Neither writes a name or a time into the header, and the same input gives the same bytes.
    private static readonly LayerEncoder Own =
        (output, cancellationToken) => new GzipEncoderStream(output, leaveOpen: true, cancellationToken);

    private static readonly LayerEncoder Framework =
        (output, _) => new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true);

    /// <summary>Gives the encoders for a kind of compression.</summary>
    /// <param name="compression">The kind.</param>
    /// <returns>The encoders; those behind the first are for when it fails.</returns>
    public static IReadOnlyList<LayerEncoder> For(LayerCompression compression) =>
        compression == LayerCompression.Fast ? [Framework] : [Own, Framework];
}
