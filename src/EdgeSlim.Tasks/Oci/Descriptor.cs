using System.Text.Json.Serialization;

namespace EdgeSlim.Oci;

/// <summary>Names a blob by type, digest and size (image-spec 1.1, descriptor.md).</summary>
public sealed record Descriptor
{
    /// <summary>What the blob is.</summary>
    [JsonPropertyOrder(0)]
    public required string MediaType { get; init; }

    /// <summary>The blob's digest.</summary>
    [JsonPropertyOrder(1)]
    public required Digest Digest { get; init; }

    /// <summary>The blob's size in bytes.</summary>
    [JsonPropertyOrder(2)]
    public required long Size { get; init; }

    /// <summary>The platform that an image is for; only in an index.</summary>
    [JsonPropertyOrder(3)]
    public Platform? Platform { get; init; }

    /// <summary>Annotations of the descriptor, sorted by key.</summary>
    [JsonPropertyOrder(4)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>What an artifact is; only in an index.</summary>
    [JsonPropertyOrder(5)]
    public string? ArtifactType { get; init; }
}
