using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeSlim.Oci;

/// <summary>An image configuration (image-spec 1.1, config.md).</summary>
public sealed record ImageConfig : IJsonOnDeserialized
{
    /// <summary>When the image was made, as RFC 3339 has it. A text, so that a base's own entries keep their bytes.</summary>
    [JsonPropertyOrder(0)]
    public string? Created { get; init; }

    /// <summary>The processor, in Go's words.</summary>
    [JsonPropertyOrder(1)]
    public required string Architecture { get; init; }

    /// <summary>The processor's variant.</summary>
    [JsonPropertyOrder(2)]
    public string? Variant { get; init; }

    /// <summary>The operating system.</summary>
    [JsonPropertyOrder(3)]
    [JsonPropertyName("os")]
    public required string OperatingSystem { get; init; }

    /// <summary>How a container of the image is started.</summary>
    [JsonPropertyOrder(4)]
    public ContainerConfig? Config { get; init; }

    /// <summary>The digests of the uncompressed layers.</summary>
    [JsonPropertyOrder(5)]
    [JsonPropertyName("rootfs")]
    public required RootFileSystem RootFileSystem { get; init; }

    /// <summary>What made each layer, base first.</summary>
    [JsonPropertyOrder(6)]
    public IReadOnlyList<HistoryEntry>? History { get; init; }

    void IJsonOnDeserialized.OnDeserialized() => WholeList.Check(History, "history");
}

/// <summary>The execution parameters of a container (image-spec 1.1, config.md, "config").</summary>
public sealed record ContainerConfig : IJsonOnDeserialized
{
    /// <summary>The PATH that container engines set where the image does not (runc's and crun's default).</summary>
    public const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>User and group, by name or number: <c>65532</c>, <c>user:group</c>.</summary>
    [JsonPropertyOrder(0)]
    [JsonPropertyName("User")]
    public string? User { get; init; }

    /// <summary>Ports that the container listens on, <c>8080/tcp</c>; the values are empty objects.</summary>
    [JsonPropertyOrder(1)]
    [JsonPropertyName("ExposedPorts")]
    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    /// <summary>Environment variables, <c>NAME=value</c>.</summary>
    [JsonPropertyOrder(2)]
    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The command that always runs.</summary>
    [JsonPropertyOrder(3)]
    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Default arguments of the entry point.</summary>
    [JsonPropertyOrder(4)]
    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>The working directory.</summary>
    [JsonPropertyOrder(5)]
    [JsonPropertyName("WorkingDir")]
    public string? WorkingDir { get; init; }

    /// <summary>Labels, sorted by key.</summary>
    [JsonPropertyOrder(6)]
    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Fields that EdgeSlim does not read; kept from a base image.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Other { get; set; }

    void IJsonOnDeserialized.OnDeserialized()
    {
        WholeList.Check(Env, "Env");
        WholeList.Check(Entrypoint, "Entrypoint");
        WholeList.Check(Cmd, "Cmd");
    }
}

/// <summary>The empty object that the specification uses as a set's value.</summary>
public sealed record EmptyObject;

/// <summary>The layers of an image, uncompressed (image-spec 1.1, config.md, "rootfs").</summary>
public sealed record RootFileSystem
{
    /// <summary>Always <c>layers</c>.</summary>
    [JsonPropertyOrder(0)]
    public string Type { get; init; } = "layers";

    /// <summary>The digests of the uncompressed layers, base first.</summary>
    [JsonPropertyOrder(1)]
    [JsonPropertyName("diff_ids")]
    public required IReadOnlyList<Digest> DiffIds { get; init; }
}

/// <summary>What made a layer (image-spec 1.1, config.md, "history").</summary>
public sealed record HistoryEntry
{
    /// <summary>What <see cref="CreatedBy"/> says of the layers that EdgeSlim made.</summary>
    public const string EdgeSlim = "EdgeSlim";

    /// <summary>When the layer was made, as RFC 3339 has it.</summary>
    [JsonPropertyOrder(0)]
    public string? Created { get; init; }

    /// <summary>What made it.</summary>
    [JsonPropertyOrder(1)]
    [JsonPropertyName("created_by")]
    public string? CreatedBy { get; init; }

    /// <summary>Who made it.</summary>
    [JsonPropertyOrder(2)]
    public string? Author { get; init; }

    /// <summary>A remark.</summary>
    [JsonPropertyOrder(3)]
    public string? Comment { get; init; }

    /// <summary>Whether the entry changed no file and thus has no layer.</summary>
    [JsonPropertyOrder(4)]
    [JsonPropertyName("empty_layer")]
    public bool? EmptyLayer { get; init; }
}
