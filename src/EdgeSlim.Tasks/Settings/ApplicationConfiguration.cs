using EdgeSlim.Oci;

namespace EdgeSlim.Settings;

/// <summary>What the application is told from outside its image.</summary>
public sealed record ApplicationConfiguration
{
    /// <summary>The folder in the container that the files are mounted at.</summary>
    public required string Folder { get; init; }

    /// <summary>The files, sorted by key: the data of a ConfigMap.</summary>
    public required IReadOnlyList<ConfigurationFile> Files { get; init; }

    /// <summary>The secrets that it gets as environment variables, sorted by variable. Their values are known to the cluster alone.</summary>
    public required IReadOnlyList<SecretReference> Secrets { get; init; }
}

/// <summary>A file of the configuration.</summary>
/// <param name="Key">Its key in the ConfigMap, which is its name below the folder.</param>
/// <param name="Source">Where it lies, relative to the project's folder.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Digest">The digest of its content.</param>
public sealed record ConfigurationFile(string Key, string Source, long Size, Digest Digest);

/// <summary>An environment variable whose value a Secret of the cluster has (<c>secretKeyRef</c> of the Kubernetes API).</summary>
/// <param name="EnvironmentVariable">The variable.</param>
/// <param name="Name">The Secret's name.</param>
/// <param name="Key">The key in it.</param>
/// <param name="IsOptional">Whether a container starts where the Secret or the key is missing.</param>
public sealed record SecretReference(string EnvironmentVariable, string Name, string Key, bool IsOptional);
