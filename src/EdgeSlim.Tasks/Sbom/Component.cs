using System.Text.Json.Serialization;

namespace EdgeSlim.Sbom;

/// <summary>Something that the image is made of, or that was there to make it of.</summary>
public sealed record Component
{
    /// <summary>What kind of thing it is.</summary>
    public required ComponentKind Kind { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version; empty where it has none.</summary>
    public required string Version { get; init; }

    /// <summary>Whether code or files of it are in the image.</summary>
    public required bool IsPresent { get; init; }

    /// <summary>How that is known.</summary>
    public required string Evidence { get; init; }

    /// <summary>The name under which scanners look it up; null where there is none.</summary>
    public string? Purl { get; init; }

    /// <summary>Its licence; null where it does not say.</summary>
    public Licence? Licence { get; init; }

    /// <summary>The SHA-512 of its package, or the SHA-256 of its file, in hexadecimal; null where it is not known.</summary>
    public string? Hash { get; init; }

    /// <summary>The source package of a distribution's package.</summary>
    public string? Source { get; init; }

    /// <summary>Whether a package database in the image names it, where scanners look first.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>The references of those that it depends on.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>What others call it by in a document.</summary>
    [JsonIgnore]
    public string Reference => Purl ?? (Version.Length == 0 ? Name : $"{Name}@{Version}");
}

/// <summary>What a component is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ComponentKind>))]
public enum ComponentKind
{
    /// <summary>A library.</summary>
    [JsonStringEnumMemberName("library")]
    Library,

    /// <summary>A framework: the .NET runtime.</summary>
    [JsonStringEnumMemberName("framework")]
    Framework,

    /// <summary>A Linux distribution.</summary>
    [JsonStringEnumMemberName("operatingSystem")]
    OperatingSystem,

    /// <summary>An image.</summary>
    [JsonStringEnumMemberName("container")]
    Container,

    /// <summary>A file.</summary>
    [JsonStringEnumMemberName("file")]
    File,
}

/// <summary>A licence.</summary>
/// <param name="Expression">In SPDX's words; null where it is not said so.</param>
/// <param name="Url">Where its text is; null where that is not said.</param>
public sealed record Licence(string? Expression, string? Url);
