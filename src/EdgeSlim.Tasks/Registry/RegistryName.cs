using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry;

/// <summary>A registry as users write it: a host with an optional port.</summary>
public sealed partial record RegistryName
{
    private RegistryName(string host, int? port)
    {
        Host = host;
        Port = port;
    }

    /// <summary>The host, in lower case; an IPv6 address is in brackets.</summary>
    public string Host { get; }

    /// <summary>The port, where one is given.</summary>
    public int? Port { get; }

    /// <summary>Whether the registry runs on this machine.</summary>
    public bool IsLoopback =>
        Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Whether this is Docker Hub, which goes by several names.</summary>
    public bool IsDockerHub => Port is null && Host is "docker.io" or "index.docker.io" or "registry-1.docker.io";

    /// <summary>The host and port that serve the API: Docker Hub's differs from its name.</summary>
    public string Authority => IsDockerHub ? "registry-1.docker.io" : ToString();

    /// <summary>Reads a registry's name.</summary>
    /// <param name="text">Such as <c>ghcr.io</c>, <c>127.0.0.1:5000</c> or <c>[::1]:5000</c>.</param>
    /// <returns>The name.</returns>
    /// <exception cref="EdgeException">It is not one, for example because it has a scheme or a path.</exception>
    public static RegistryName Parse(string? text)
    {
        Match match = Grammar().Match(text ?? "");
        string host = match.Groups["host"].Value.ToLowerInvariant();
        string port = match.Groups["port"].Value;
        bool valid = match.Success
            && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
        int number = 0;
        valid = valid && (port.Length == 0
            || (int.TryParse(port, CultureInfo.InvariantCulture, out number) && number is > 0 and <= IPEndPoint.MaxPort));
        return valid
            ? new RegistryName(host, port.Length == 0 ? null : number)
            : throw new EdgeException(DiagnosticCodes.InvalidRegistry, text);
    }

    /// <summary>The name that the API knows a repository by: Docker Hub's own images live in <c>library/</c>.</summary>
    /// <param name="repository">The repository as users write it.</param>
    /// <returns>The repository as the API wants it.</returns>
    public string ApiRepository(string repository) =>
        IsDockerHub && !repository.Contains('/', StringComparison.Ordinal) ? $"library/{repository}" : repository;

    /// <inheritdoc/>
    public override string ToString() => Port is null ? Host : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    [GeneratedRegex(@"\A(?<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(:(?<port>[0-9]{1,5}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
