using EdgeSlim.Diagnostics;

namespace EdgeSlim.Delivery.Signing;

/// <summary>With what is signed, and whose signature is then looked for. Passwords are not among it: the tools read them from the environment.</summary>
public sealed record SigningSettings
{
    /// <summary>EdgeSignKey: a file, the address of a key service, or the name of a key; empty for none (keyless).</summary>
    public string Key { get; init; } = "";

    /// <summary>EdgeSignVerifyKey; empty for the public half of <see cref="Key"/>.</summary>
    public string VerifyKey { get; init; } = "";

    /// <summary>EdgeSignIdentity: who signs without a key, as the certificate says.</summary>
    public string Identity { get; init; } = "";

    /// <summary>EdgeSignIssuer: who vouches for that.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>EdgeSignArgs.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>EdgeSignVerifyArgs.</summary>
    public IReadOnlyList<string> VerifyArguments { get; init; } = [];

    /// <summary>How long the tool may take for one thing.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Completes what CI services say of themselves: who signs without a key there.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <returns>The settings.</returns>
    public SigningSettings CompletedFrom(Func<string, string?> environment)
    {
        string Get(string name) => environment(name)?.Trim().TrimEnd('/') ?? "";

        if (Key.Length > 0 || Identity.Length > 0 || Issuer.Length > 0)
        {
            return this;
        }

        return Get("GITHUB_SERVER_URL") is { Length: > 0 } github && Get("GITHUB_WORKFLOW_REF") is { Length: > 0 } workflow
                ? this with { Identity = $"{github}/{workflow}", Issuer = "https://token.actions.githubusercontent.com" }
            : Get("CI_SERVER_URL") is { Length: > 0 } gitlab && Get("CI_CONFIG_REF_URI") is { Length: > 0 } config
                ? this with { Identity = $"https://{config}", Issuer = gitlab }
            : this;
    }

    /// <summary>Where the public half of a key file is, as cosign lays it down.</summary>
    /// <exception cref="EdgeException">It is not there (EDGE5114).</exception>
    internal string PublicKey()
    {
        if (VerifyKey.Length > 0)
        {
            return VerifyKey;
        }

        // Addresses of key services, such as awskms:// and k8s://, are for both.
        if (Key.Contains("://", StringComparison.Ordinal))
        {
            return Key;
        }

        string path = Path.ChangeExtension(Key, ".pub");
        return File.Exists(path) ? path : throw new EdgeException(DiagnosticCodes.SignerUnknown, $"'{path}', the public half of EdgeSignKey, is not there", "EdgeSignVerifyKey");
    }
}
