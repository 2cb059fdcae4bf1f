namespace EdgeSlim.Registry.Credentials;

/// <summary>Several sources; the first that has credentials decides.</summary>
/// <param name="sources">The sources, in order.</param>
public sealed class CredentialChain(IReadOnlyList<ICredentialSource> sources) : ICredentialSource
{
    /// <summary>The usual order: the environment, then the files that podman and docker write at login.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="deliveryRegistry">The one registry that EDGESLIM_REGISTRY_USERNAME is for; null for any that is pushed to.</param>
    /// <returns>The chain.</returns>
    public static CredentialChain Default(Func<string, string?> environment, RegistryName? deliveryRegistry = null)
    {
        var helper = new CredentialHelper(environment);
        return new CredentialChain([
            new EnvironmentCredentialSource(environment, deliveryRegistry),
            .. AuthFileLocations.From(environment).Select(path => new AuthFileCredentialSource(path, helper.GetAsync)),
        ]);
    }

    /// <inheritdoc/>
    public async Task<Credential?> FindAsync(CredentialRequest request, CancellationToken cancellationToken)
    {
        foreach (ICredentialSource source in sources)
        {
            if (await source.FindAsync(request, cancellationToken) is Credential credential)
            {
                return credential;
            }
        }

        return null;
    }
}
