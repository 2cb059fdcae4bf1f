using System.Text.Json.Serialization;

namespace EdgeSlim.Oci;

/// <summary>How a layer is compressed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LayerCompression>))]
public enum LayerCompression
{
    /// <summary>gzip, as small as EdgeSlim's own encoder makes it.</summary>
    Best,

    /// <summary>gzip by the framework's encoder, which takes less time.</summary>
    Fast,

    /// <summary>zstd at level 19.</summary>
    Zstd,

    /// <summary>zstd at a level that takes less time.</summary>
    FastZstd,
}

/// <summary>What follows from how a layer is compressed.</summary>
public static class LayerCompressions
{
    /// <summary>The media type of a layer.</summary>
    /// <param name="compression">How it is compressed.</param>
    /// <returns>The media type.</returns>
    public static string MediaType(this LayerCompression compression) =>
        compression is LayerCompression.Zstd or LayerCompression.FastZstd ? MediaTypes.LayerZstd : MediaTypes.LayerGzip;

    /// <summary>The quick way to the same format, for what is not sent to devices.</summary>
    /// <param name="compression">How other layers of the image are compressed.</param>
    /// <returns>The compression.</returns>
    public static LayerCompression Quick(this LayerCompression compression) =>
        compression.MediaType() == MediaTypes.LayerZstd ? LayerCompression.FastZstd : LayerCompression.Fast;
}
