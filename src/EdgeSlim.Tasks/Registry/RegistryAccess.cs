namespace EdgeSlim.Registry;

/// <summary>What is to be done with a repository.</summary>
public enum RegistryAccess
{
    /// <summary>Read only.</summary>
    Pull,

    /// <summary>Read and write.</summary>
    Push,
}
