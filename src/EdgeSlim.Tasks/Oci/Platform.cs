using System.Text.Json.Serialization;

namespace EdgeSlim.Oci;

/// <summary>The operating system and processor that an image runs on (image-spec 1.1, image-index.md).</summary>
public sealed record Platform
{
    /// <summary>The .NET runtime identifiers that have a platform, for messages.</summary>
    public const string KnownRuntimeIdentifiers =
        "linux-x64, linux-arm64, linux-arm, linux-musl-x64, linux-musl-arm64, linux-musl-arm";

    /// <summary>The processor, in Go's words: <c>amd64</c>, <c>arm64</c>, <c>arm</c>.</summary>
    [JsonPropertyOrder(0)]
    public required string Architecture { get; init; }

    /// <summary>The operating system; EdgeSlim writes <c>linux</c> only.</summary>
    [JsonPropertyOrder(1)]
    [JsonPropertyName("os")]
    public required string OperatingSystem { get; init; }

    /// <summary>The processor's variant, such as <c>v7</c> of <c>arm</c>.</summary>
    [JsonPropertyOrder(2)]
    public string? Variant { get; init; }

    /// <summary>The platform of a .NET runtime identifier.</summary>
    /// <param name="runtimeIdentifier">Such as <c>linux-x64</c> or <c>linux-musl-arm64</c>.</param>
    /// <returns>The platform; null where no Linux image can be made for it.</returns>
    public static Platform? FromRuntimeIdentifier(string runtimeIdentifier) =>
        runtimeIdentifier.Split('-') switch
        {
            ["linux", "x64"] or ["linux", "musl", "x64"] =>
                new Platform { OperatingSystem = "linux", Architecture = "amd64" },
            ["linux", "arm64"] or ["linux", "musl", "arm64"] =>
                new Platform { OperatingSystem = "linux", Architecture = "arm64" },
            ["linux", "arm"] or ["linux", "musl", "arm"] =>
                new Platform { OperatingSystem = "linux", Architecture = "arm", Variant = "v7" },
            _ => null,
        };

    /// <inheritdoc/>
    public override string ToString() =>
        Variant is null ? $"{OperatingSystem}/{Architecture}" : $"{OperatingSystem}/{Architecture}/{Variant}";
}
