namespace EdgeSlim.Settings;

/// <summary>What the project says of its configuration.</summary>
public sealed record ConfigurationRequest
{
    /// <summary>The project's folder.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>The folder in the container.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether the application is compiled with what reads the folder.</summary>
    public required bool IsRead { get; init; }

    /// <summary>The EdgeConfigFile items: each file, and its key; empty for the file's name.</summary>
    public required IReadOnlyList<(string Source, string Key)> Files { get; init; }

    /// <summary>The EdgeSecret items.</summary>
    public required IReadOnlyList<SecretReference> Secrets { get; init; }
}
