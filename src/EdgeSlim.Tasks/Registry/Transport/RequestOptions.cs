namespace EdgeSlim.Registry.Transport;

/// <summary>What a request carries through the handlers beside its HTTP content.</summary>
internal static class RequestOptions
{
    private static readonly HttpRequestOptionsKey<string> RepositoryKey = new("EdgeSlim.Repository");
    private static readonly HttpRequestOptionsKey<RegistryAccess> AccessKey = new("EdgeSlim.Access");
    private static readonly HttpRequestOptionsKey<string> MountKey = new("EdgeSlim.MountFrom");
    private static readonly HttpRequestOptionsKey<string?> OriginKey = new("EdgeSlim.CredentialOrigin");

    /// <summary>The repository that the request is about.</summary>
    public static string Repository(this HttpRequestMessage request) =>
        request.Options.TryGetValue(RepositoryKey, out string? repository) ? repository : "";

    /// <summary>What is to be done with the repository.</summary>
    public static RegistryAccess Access(this HttpRequestMessage request) =>
        request.Options.TryGetValue(AccessKey, out RegistryAccess access) ? access : RegistryAccess.Pull;

    /// <summary>Where the credentials came from that the registry saw last; null where there were none.</summary>
    public static string? CredentialOrigin(this HttpRequestMessage request) =>
        request.Options.TryGetValue(OriginKey, out string? origin) ? origin : null;

    /// <summary>The other repository that a blob is to be taken from; null for none.</summary>
    public static string? MountsFrom(this HttpRequestMessage request) =>
        request.Options.TryGetValue(MountKey, out string? repository) ? repository : null;

    public static void MountFrom(this HttpRequestMessage request, string repository) => request.Options.Set(MountKey, repository);

    public static void IsAbout(this HttpRequestMessage request, string repository, RegistryAccess access)
    {
        request.Options.Set(RepositoryKey, repository);
        request.Options.Set(AccessKey, access);
    }

    public static void UsesCredentialFrom(this HttpRequestMessage request, string? origin) =>
        request.Options.Set(OriginKey, origin);
}
