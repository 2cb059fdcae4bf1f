namespace EdgeSlim.Registry.Credentials;

/// <summary>Credentials in environment variables: EdgeSlim's own, then those of the in-box container support.</summary>
/// <param name="environment">Looks up an environment variable.</param>
/// <param name="deliveryRegistry">
/// The one registry that EdgeSlim's own variables are for, so that its password is not shown to the registry of a base
/// image; null for any that is pushed to.
/// </param>
public sealed class EnvironmentCredentialSource(
    Func<string, string?> environment, RegistryName? deliveryRegistry = null) : ICredentialSource
{
    private static readonly (string User, string Secret) Own = ("EDGESLIM_REGISTRY_USERNAME", "EDGESLIM_REGISTRY_PASSWORD");

    private static readonly (string User, string Secret)[] InBox =
    [
        ("DOTNET_CONTAINER_REGISTRY_UNAME", "DOTNET_CONTAINER_REGISTRY_PWORD"),
        ("SDK_CONTAINER_REGISTRY_UNAME", "SDK_CONTAINER_REGISTRY_PWORD"),
    ];

    /// <inheritdoc/>
    public Task<Credential?> FindAsync(CredentialRequest request, CancellationToken cancellationToken)
    {
        bool isDelivery = deliveryRegistry is null
            ? request.Access == RegistryAccess.Push
            : deliveryRegistry == request.Registry;
        IEnumerable<(string User, string Secret)> own = isDelivery ? [Own] : [];
        (string User, string Secret) directed = request.Access == RegistryAccess.Push
            ? ("DOTNET_CONTAINER_PUSH_REGISTRY_UNAME", "DOTNET_CONTAINER_PUSH_REGISTRY_PWORD")
            : ("DOTNET_CONTAINER_PULL_REGISTRY_UNAME", "DOTNET_CONTAINER_PULL_REGISTRY_PWORD");
        return Task.FromResult(own.Append(directed).Concat(InBox).Select(Read).FirstOrDefault(c => c is not null));
    }

    private Credential? Read((string User, string Secret) names) =>
        environment(names.User) is { Length: > 0 } user && environment(names.Secret) is { Length: > 0 } secret
            ? Credential.FromUser(user, secret, $"the environment variables {names.User} and {names.Secret}")
            : null;
}
