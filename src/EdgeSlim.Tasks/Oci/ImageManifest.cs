using System.Text.Json.Serialization;

namespace EdgeSlim.Oci;

/// <summary>An image: its configuration and its layers, base first (image-spec 1.1, manifest.md).</summary>
public sealed record ImageManifest : IJsonOnDeserialized
{
    /// <summary>Always 2.</summary>
    [JsonPropertyOrder(0)]
    public int SchemaVersion { get; init; } = 2;

    /// <summary>The manifest's own media type.</summary>
    [JsonPropertyOrder(1)]
    public string? MediaType { get; init; } = MediaTypes.ImageManifest;

    /// <summary>What an artifact is that is no image.</summary>
    [JsonPropertyOrder(2)]
    public string? ArtifactType { get; init; }

    /// <summary>The configuration.</summary>
    [JsonPropertyOrder(3)]
    public required Descriptor Config { get; init; }

    /// <summary>The layers, base first.</summary>
    [JsonPropertyOrder(4)]
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    /// <summary>The image that an artifact refers to.</summary>
    [JsonPropertyOrder(5)]
    public Descriptor? Subject { get; init; }

    /// <summary>Annotations of the image, sorted by key.</summary>
    [JsonPropertyOrder(6)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    void IJsonOnDeserialized.OnDeserialized() => WholeList.Check(Layers, "layers");
}
