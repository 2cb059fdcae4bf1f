using System.Text.Json.Serialization;

namespace EdgeSlim.Oci;

/// <summary>How a layer is compressed. It is gzip either way, which every reader knows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LayerCompression>))]
public enum LayerCompression
{
    /// <summary>As small as EdgeSlim's own encoder makes it.</summary>
    Best,

    /// <summary>As small as the framework's encoder makes it, which takes less time.</summary>
    Fast,
}
