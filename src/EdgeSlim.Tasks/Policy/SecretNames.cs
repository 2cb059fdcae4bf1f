namespace EdgeSlim.Policy;

/// <summary>Files that hold secrets by what they are for. Pure.</summary>
public static class SecretNames
{
    private static readonly string[] Names =
    [
        ".env", ".npmrc", ".netrc", ".pypirc", ".pgpass", ".git-credentials", ".htpasswd", ".dockercfg", ".dockerconfigjson",
        "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519",
    ];

    private static readonly string[] Paths =
        ["/.docker/config.json", "/.aws/credentials", "/.kube/config", "/.azure/accessTokens.json", "/.config/gh/hosts.yml"];

    private static readonly string[] Endings = [".pfx", ".p12", ".ppk", ".keystore", ".jks"];

    private static readonly string[] Templates = [".example", ".sample", ".template", ".dist"];

    /// <summary>Whether a file is one.</summary>
    /// <param name="path">Its path in the image.</param>
    /// <returns>Whether it is.</returns>
    public static bool Match(string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        return Names.Contains(name)
            || (name.StartsWith(".env.", StringComparison.Ordinal) && !Templates.Any(t => name.EndsWith(t, StringComparison.Ordinal)))
            || Paths.Any(p => path.EndsWith(p, StringComparison.Ordinal))
            || Endings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
    }
}
