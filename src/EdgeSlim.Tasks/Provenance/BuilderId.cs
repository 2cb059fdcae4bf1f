using EdgeSlim.Diagnostics;

namespace EdgeSlim.Provenance;

/// <summary>Who builds, as a URI.</summary>
public static class BuilderId
{
    /// <summary>The builder of whom nothing is known: some machine.</summary>
    public const string Unknown = "https://edgeslim.dev/builders/unknown";

    /// <summary>Finds out who.</summary>
    /// <param name="asked">EdgeBuilderId; empty for what the CI service says.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <returns>The URI.</returns>
    /// <exception cref="EdgeException">EdgeBuilderId is no URI (EDGE9004).</exception>
    public static string Find(string asked, Func<string, string?> environment)
    {
        if (asked.Length > 0)
        {
            return Uri.TryCreate(asked, UriKind.Absolute, out Uri? uri) && !uri.IsFile && uri.UserInfo.Length == 0
                ? asked
                : throw new EdgeException(
                    DiagnosticCodes.InvalidPropertyValue, "EdgeBuilderId", asked, "a URI without credentials, such as https://ci.example.com/agents");
        }

        string? Get(string name) => environment(name)?.Trim().TrimEnd('/') is { Length: > 0 } value ? value : null;
        return Get("GITHUB_SERVER_URL") is string github && Get("GITHUB_WORKFLOW_REF") is string workflow ? $"{github}/{workflow}"
            : Get("CI_PROJECT_URL") is string gitlab && Get("CI_RUNNER_ID") is string runner ? $"{gitlab}/-/runners/{runner}"
            : Unknown;
    }
}
