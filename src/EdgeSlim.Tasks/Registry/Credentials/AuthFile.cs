using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeSlim.Registry.Credentials;

/// <summary>The part of docker's <c>config.json</c> and podman's <c>auth.json</c> that is about credentials.</summary>
internal sealed record AuthFile
{
    private const string DockerHubKey = "https://index.docker.io/v1/";

    public IReadOnlyDictionary<string, AuthEntry?>? Auths { get; init; }

    public IReadOnlyDictionary<string, string?>? CredHelpers { get; init; }

    public string? CredsStore { get; init; }

    /// <exception cref="JsonException">The text is not such a file.</exception>
    public static AuthFile Parse(string text) =>
        JsonSerializer.Deserialize(text, AuthFileJson.Default.AuthFile) ?? throw new JsonException("The document is null.");

    /// <summary>The server's name as helpers know it.</summary>
    public static string HelperKey(RegistryName registry) => registry.IsDockerHub ? DockerHubKey : registry.ToString();

    /// <summary>The helper that is named for this very registry.</summary>
    public string? HelperFor(RegistryName registry) => CredHelpers?
        .Where(helper => Names(registry).Contains(Normalize(helper.Key)))
        .Select(helper => helper.Value)
        .FirstOrDefault(helper => !string.IsNullOrEmpty(helper));

    /// <summary>The entry of the longest key that the repository lies under.</summary>
    public AuthEntry? EntryFor(RegistryName registry, string repository)
    {
        IEnumerable<string> keys = Names(registry).SelectMany(name => Prefixes(name, repository)).OrderByDescending(k => k.Length);
        ILookup<string, AuthEntry?> entries = (Auths ?? new Dictionary<string, AuthEntry?>())
            .ToLookup(e => Normalize(e.Key), e => e.Value, StringComparer.Ordinal);
        // With a credential store, docker keeps an empty entry as a note that there was a login.
        return keys.SelectMany(key => entries[key]).FirstOrDefault(entry => entry is { IsEmpty: false });
    }

    private static string[] Names(RegistryName registry) =>
        registry.IsDockerHub ? ["docker.io", "index.docker.io", "registry-1.docker.io"] : [registry.ToString()];

    private static IEnumerable<string> Prefixes(string name, string repository)
    {
        string path = $"{name}/{repository}";
        for (int end = path.Length; end > name.Length; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }

        yield return name;
    }

    /// <summary>Docker's keys may be addresses of its first API: <c>https://host/v1/</c>.</summary>
    private static string Normalize(string key)
    {
        int scheme = key.IndexOf("://", StringComparison.Ordinal);
        string bare = (scheme < 0 ? key : key[(scheme + 3)..]).TrimEnd('/');
        bool versioned = bare.EndsWith("/v1", StringComparison.Ordinal) || bare.EndsWith("/v2", StringComparison.Ordinal);
        bare = versioned ? bare[..^3] : bare;
        int host = bare.IndexOf('/', StringComparison.Ordinal);
        // Hosts have no case, repositories have.
        return host < 0 ? bare.ToLowerInvariant() : bare[..host].ToLowerInvariant() + bare[host..];
    }
}

/// <summary>The credentials of one registry or of a part of it.</summary>
internal sealed class AuthEntry
{
    [JsonInclude]
    [JsonPropertyName("auth")]
    internal string? Auth { get; init; }

    [JsonInclude]
    [JsonPropertyName("identitytoken")]
    internal string? IdentityToken { get; init; }

    [JsonInclude]
    [JsonPropertyName("username")]
    internal string? Username { get; init; }

    [JsonInclude]
    [JsonPropertyName("password")]
    internal string? Password { get; init; }

    public bool IsEmpty => string.IsNullOrEmpty(Auth) && string.IsNullOrEmpty(IdentityToken) && string.IsNullOrEmpty(Username);

    /// <exception cref="FormatException">The entry is malformed.</exception>
    public Credential ToCredential(string origin)
    {
        if (!string.IsNullOrEmpty(IdentityToken))
        {
            return Credential.FromIdentityToken(IdentityToken, origin);
        }

        if (string.IsNullOrEmpty(Auth))
        {
            return Credential.FromUser(Username ?? "", Password ?? "", origin);
        }

        string text = Encoding.UTF8.GetString(Convert.FromBase64String(Auth));
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        // Some versions of docker pad with zeros.
        return colon > 0
            ? Credential.FromUser(text[..colon], text[(colon + 1)..].TrimEnd('\0'), origin)
            : throw new FormatException();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(AuthFile))]
internal sealed partial class AuthFileJson : JsonSerializerContext;
