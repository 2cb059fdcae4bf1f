using System.Diagnostics.CodeAnalysis;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>What the user says of the image: the Container* properties and items, as they stand in the project.</summary>
public sealed record ImageOptions
{
    // EdgeSlim's own encoder saves some four per cent and takes ten times as long: seconds, up to this size.
    private const long MostForBest = 64 * 1024 * 1024;

    /// <summary>The repository, without a registry.</summary>
    public required string Repository { get; init; }

    /// <summary>The .NET runtime identifier of the payload.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>The path of the executable below the working directory.</summary>
    public required string Executable { get; init; }

    /// <summary>How the executable is started: its own path, or a host before it.</summary>
    public IReadOnlyList<string> AppCommand { get; init; } = [];

    /// <summary>Arguments that always follow the application's command.</summary>
    public IReadOnlyList<string> AppCommandArgs { get; init; } = [];

    /// <summary>Where the application's command goes.</summary>
    public AppCommandInstruction AppCommandInstruction { get; init; }

    /// <summary>Arguments that the user of the image may replace.</summary>
    public IReadOnlyList<string> DefaultArgs { get; init; } = [];

    /// <summary>A program that runs before the application's command.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Arguments of <see cref="Entrypoint"/>.</summary>
    public IReadOnlyList<string> EntrypointArgs { get; init; } = [];

    /// <summary>The working directory, absolute; empty for <c>/app</c>.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>The user; empty for the base's, or 65532 on scratch.</summary>
    public string User { get; init; } = "";

    /// <summary>Labels, which are also the manifest's annotations where they are OCI's or EdgeSlim's own.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>Whether labels name the base image and its digest, where there is one.</summary>
    public bool LabelBase { get; init; } = true;

    /// <summary>Environment variables.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> EnvironmentVariables { get; init; } = [];

    /// <summary>Ports and their types (<c>tcp</c>, <c>udp</c>; empty for tcp).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Ports { get; init; } = [];

    /// <summary>How the application's files are dealt out to layers.</summary>
    public Layering Layering { get; init; }

    /// <summary>The format that layers are compressed in.</summary>
    public CompressionFormat Compression { get; init; }

    /// <summary>How much time compressing the application may take.</summary>
    public CompressionEffort Effort { get; init; }

    /// <summary>Whether the application is a web application, which listens on 8080 unless it is told otherwise.</summary>
    public bool IsWeb { get; init; }

    /// <summary>The working directory, without a slash at either end.</summary>
    internal string WorkingDirectoryPath => ContainerConfigBuilder.WorkingDirectory(this).Trim('/');

    /// <summary>How a layer of the application is compressed.</summary>
    /// <param name="bytes">The size of its files.</param>
    /// <returns>The compression.</returns>
    internal LayerCompression CompressionOf(long bytes) => (Compression, Effort) switch
    {
        (CompressionFormat.Zstd, CompressionEffort.Fast) => LayerCompression.FastZstd,
        (CompressionFormat.Zstd, _) => LayerCompression.Zstd,
        (_, CompressionEffort.Fast) => LayerCompression.Fast,
        (_, CompressionEffort.Auto) when bytes > MostForBest => LayerCompression.Fast,
        _ => LayerCompression.Best,
    };
}

/// <summary>How the application's files are dealt out to layers.</summary>
public enum Layering
{
    /// <summary>By how often they change.</summary>
    Auto,

    /// <summary>One layer.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the word of the property.")]
    Single,
}

/// <summary>The formats that layers are compressed in.</summary>
public enum CompressionFormat
{
    /// <summary>What everything reads.</summary>
    Gzip,

    /// <summary>What takes less room, and what older engines do not read.</summary>
    Zstd,
}

/// <summary>How much time compressing may take.</summary>
public enum CompressionEffort
{
    /// <summary>As much as it needs for the fewest bytes, unless that is very long.</summary>
    Auto,

    /// <summary>As much as it needs for the fewest bytes.</summary>
    Best,

    /// <summary>Little.</summary>
    Fast,
}

/// <summary>Where the application's command goes in the image's configuration.</summary>
public enum AppCommandInstruction
{
    /// <summary>Into the entry point, so that arguments of <c>podman run</c> reach the application.</summary>
    Entrypoint,

    /// <summary>Into the default arguments, which <c>podman run</c> replaces.</summary>
    DefaultArgs,

    /// <summary>Nowhere: the base image's entry point starts the application.</summary>
    None,
}
