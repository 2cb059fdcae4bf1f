using System.Text.Json.Serialization;

namespace EdgeSlim.Oci;

/// <summary>A list of manifests (image-spec 1.1, image-index.md); also the entry point of an image layout.</summary>
public sealed record ImageIndex : IJsonOnDeserialized
{
    /// <summary>Always 2.</summary>
    [JsonPropertyOrder(0)]
    public int SchemaVersion { get; init; } = 2;

    /// <summary>The index's own media type.</summary>
    [JsonPropertyOrder(1)]
    public string? MediaType { get; init; } = MediaTypes.ImageIndex;

    /// <summary>The manifests.</summary>
    [JsonPropertyOrder(2)]
    public required IReadOnlyList<Descriptor> Manifests { get; init; }

    /// <summary>Annotations, sorted by key.</summary>
    [JsonPropertyOrder(3)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    void IJsonOnDeserialized.OnDeserialized() => WholeList.Check(Manifests, "manifests");
}
