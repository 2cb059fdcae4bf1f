using System.Text;
using System.Text.Json;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Credentials;

namespace EdgeSlim.Delivery.Signing;

/// <summary>
/// Hands credentials that are in EdgeSlim's environment variables on to a tool that does not know these: in variables of its
/// own, and in a file such as <c>docker login</c> writes, which only this user can read and which goes away. Other
/// credentials the tool finds by itself.
/// </summary>
public sealed class SignerLogin : IDisposable
{
    private readonly string? _folder;

    private SignerLogin(RegistryName registry, Credential? credential)
    {
        if (credential is null)
        {
            return;
        }

        _folder = Directory.CreateTempSubdirectory("edgeslim-sign-").FullName;
        string login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Username}:{credential.Secret}"));
        File.WriteAllText(
            Path.Combine(_folder, "config.json"),
            "{\"auths\":{\"" + JsonEncodedText.Encode(registry.ToString()) + "\":{\"auth\":\"" + login + "\"}}}");
        Environment = new Dictionary<string, string>
        {
            ["DOCKER_CONFIG"] = _folder,
            ["NOTATION_USERNAME"] = credential.Username,
            ["NOTATION_PASSWORD"] = credential.Secret,
        };
    }

    /// <summary>Variables for the tool.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>Looks for credentials.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="delivery">The registry that EdgeSlim's own variables are for.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The login; an empty one where there is none in the environment.</returns>
    public static async Task<SignerLogin> FindAsync(
        RegistryName registry, string repository, RegistryName? delivery, Func<string, string?> environment, CancellationToken cancellationToken) =>
        new(registry, await new EnvironmentCredentialSource(environment, delivery)
            .FindAsync(new CredentialRequest(registry, repository, RegistryAccess.Push), cancellationToken));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
