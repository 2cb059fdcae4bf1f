namespace EdgeSlim.Registry.Transport;

/// <summary>Where a registry's API is, and how safely it must be talked to.</summary>
internal sealed class RegistryEndpoint
{
    private readonly Uri _address;

    public RegistryEndpoint(RegistryName name, IReadOnlyList<string> insecureRegistries)
    {
        Name = name;
        AllowsPlainHttp = name.IsLoopback || insecureRegistries.Contains(name.ToString(), StringComparer.OrdinalIgnoreCase);

        // On this machine plain http is the rule; elsewhere it is what is left when https does not work.
        Schemes = (name.IsLoopback, AllowsPlainHttp) switch
        {
            (true, _) => [Uri.UriSchemeHttp, Uri.UriSchemeHttps],
            (_, true) => [Uri.UriSchemeHttps, Uri.UriSchemeHttp],
            _ => [Uri.UriSchemeHttps],
        };
        _address = new Uri($"{Schemes[0]}://{name.Authority}/v2/");
    }

    public RegistryName Name { get; }

    /// <summary>Neither TLS nor a trusted certificate is demanded.</summary>
    public bool AllowsPlainHttp { get; }

    /// <summary>The schemes to try, best first.</summary>
    public IReadOnlyList<string> Schemes { get; }

    /// <summary>The address of a resource of the API.</summary>
    public Uri At(string path) => new(_address, path);

    /// <summary>
    /// Whether an address is the registry's own, so that credentials may go there. An address that would carry them in
    /// clear text is not, unless the registry allows that.
    /// </summary>
    public bool Owns(Uri uri) =>
        HasAuthority(uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && AllowsPlainHttp));

    /// <summary>Where a <c>Location</c> header leads.</summary>
    /// <param name="request">The request that was answered with it.</param>
    /// <param name="location">The header's value, relative or absolute.</param>
    /// <returns>The address; null where there is none that can be followed.</returns>
    public static Uri? Follow(Uri request, string? location)
    {
        if (string.IsNullOrEmpty(location) || !Uri.TryCreate(request, location, out Uri? target))
        {
            return null;
        }

        // A registry behind a proxy that ends TLS often believes to be on plain http and says so.
        if (target.Scheme == Uri.UriSchemeHttp && request.Scheme == Uri.UriSchemeHttps && target.Host == request.Host)
        {
            return new UriBuilder(target) { Scheme = request.Scheme, Port = request.Port }.Uri;
        }

        bool downgrade = request.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps;
        return downgrade || target.Scheme is not ("http" or "https") ? null : target;
    }

    private bool HasAuthority(Uri uri) =>
        uri.Host == _address.Host && (uri.IsDefaultPort ? Name.Port is null || Name.Port == uri.Port : Name.Port == uri.Port);
}
