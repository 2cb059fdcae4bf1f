namespace EdgeSlim.Registry.Credentials;

/// <summary>Somewhere that credentials can be found.</summary>
public interface ICredentialSource
{
    /// <summary>Looks for the credentials to use.</summary>
    /// <param name="request">For what.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The credentials; null where this source has none.</returns>
    Task<Credential?> FindAsync(CredentialRequest request, CancellationToken cancellationToken);
}

/// <summary>What credentials are wanted for.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Access">What is to be done with it.</param>
public sealed record CredentialRequest(RegistryName Registry, string Repository, RegistryAccess Access);
