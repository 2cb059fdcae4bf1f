using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>What the user says of the image: the Container* properties and items, as they stand in the project.</summary>
public sealed record ImageOptions
{
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

    /// <summary>How the application's layer is compressed.</summary>
    public LayerCompression Compression { get; init; }

    /// <summary>Whether the application is a web application, which listens on 8080 unless it is told otherwise.</summary>
    public bool IsWeb { get; init; }
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
