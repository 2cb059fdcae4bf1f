namespace EdgeSlim.Registry.Credentials;

/// <summary>Where podman and docker keep the credentials of a login (containers-auth.json(5)).</summary>
public static class AuthFileLocations
{
    /// <summary>The files that may exist, in the order in which they are asked.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <returns>The paths.</returns>
    public static IReadOnlyList<string> From(Func<string, string?> environment)
    {
        string? home = Read("HOME") ?? Read("USERPROFILE");
        string?[] paths =
        [
            Read("REGISTRY_AUTH_FILE"),
            Below(Read("XDG_RUNTIME_DIR"), "containers", "auth.json"),
            Below(Read("XDG_CONFIG_HOME") ?? Below(home, ".config"), "containers", "auth.json"),
            Below(Read("DOCKER_CONFIG") ?? Below(home, ".docker"), "config.json"),
        ];
        return [.. paths.OfType<string>().Distinct(StringComparer.Ordinal)];

        string? Read(string name) => environment(name) is { Length: > 0 } value ? value : null;
    }

    private static string? Below(string? folder, params string[] names) =>
        folder is null ? null : Path.Combine([folder, .. names]);
}
