using EdgeSlim.Oci.Deflate;
using ZstdSharp;

namespace EdgeSlim.Oci;

/// <summary>Begins a compressed file.</summary>
/// <param name="output">Where it goes; it stays open.</param>
/// <param name="cancellationToken">Ends the work.</param>
/// <returns>What takes the archive, and ends the file when it is disposed of.</returns>
internal delegate Stream LayerEncoder(Stream output, CancellationToken cancellationToken);

/// <summary>The encoders there are. None writes a name or a time, and the same input gives the same bytes.</summary>
internal static class LayerEncoders
{
    private const int SmallZstd = 19;
    private const int QuickZstd = 9;

    private static readonly LayerEncoder Own =
        (output, cancellationToken) => new GzipEncoderStream(output, leaveOpen: true, cancellationToken);

    private static readonly LayerEncoder Framework =
        (output, cancellationToken) => new ParallelGzipStream(output, cancellationToken);

    /// <summary>
    /// What the bytes depend on besides the input: an entry of a cache that another version left is not what this one
    /// would write.
    /// </summary>
    public static string Version { get; } = string.Join(
        ' ',
        typeof(LayerEncoders).Module.ModuleVersionId,
        typeof(CompressionStream).Module.ModuleVersionId,
        Environment.Version);

    /// <summary>Gives the encoders for a kind of compression.</summary>
    /// <param name="compression">The kind.</param>
    /// <returns>The encoders; those behind the first are for when it fails.</returns>
    public static IReadOnlyList<LayerEncoder> For(LayerCompression compression) => compression switch
    {
        LayerCompression.Fast => [Framework],
        LayerCompression.Zstd => [Zstd(SmallZstd), Zstd(QuickZstd)],
        LayerCompression.FastZstd => [Zstd(QuickZstd)],
        _ => [Own, Framework],
    };

    // One thread, which is the library's default: several would cut the input where it suits them.
    private static LayerEncoder Zstd(int level) =>
        (output, _) => new CompressionStream(output, level, leaveOpen: true);
}
