using System.Diagnostics.CodeAnalysis;

namespace EdgeSlim.Git;

/// <summary>Makes the address of a git remote fit to be shown in an image that everybody can read.</summary>
public static class RemoteUrl
{
    /// <summary>
    /// The remote as a web address: user names, passwords, tokens, query and fragment removed, without <c>.git</c>.
    /// Addresses of ssh and git (<c>git@host:org/x.git</c>, <c>ssh://git@host:22/org/x.git</c>) become
    /// <c>https://host/org/x</c>.
    /// </summary>
    /// <param name="remote">The remote as git has it.</param>
    /// <returns>The address; null for local paths, <c>file://</c>, and everything that is not understood.</returns>
    [SuppressMessage("Design", "CA1055", Justification = "It goes into labels and JSON as text.")]
    public static string? Sanitize(string? remote)
    {
        if (string.IsNullOrWhiteSpace(remote) || remote.Any(c => char.IsControl(c) || c is ' ' or '\\'))
        {
            return null;
        }

        int scheme = remote.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0
            ? FromScp(remote)
            : FromUrl(remote[..scheme].ToLowerInvariant(), remote[(scheme + 3)..]);
    }

    private static string? FromUrl(string scheme, string rest)
    {
        // By hand, because a password may hold characters that make Uri see the host elsewhere.
        int end = rest.AsSpan().IndexOfAny("/?#");
        if (end < 0)
        {
            return null;
        }

        string authority = rest[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        return scheme switch
        {
            "https" or "http" => Build(scheme, authority, rest[end..]),
            "ssh" or "git+ssh" or "ssh+git" or "git" => Build("https", WithoutPort(authority), rest[end..]),
            _ => null,
        };
    }

    /// <summary><c>[user@]host:path</c>, which git takes as ssh when no slash comes before the colon.</summary>
    private static string? FromScp(string remote)
    {
        string place = remote;
        int colon = place.IndexOf(':');
        int at = colon < 0 ? -1 : place.LastIndexOf('@', colon);
        place = place[(at + 1)..];

        int bracket = place.StartsWith('[') ? place.IndexOf(']') : -1;
        colon = place.IndexOf(':', bracket + 1);
        int slash = place.IndexOf('/');
        bool isDriveLetter = colon == 1;
        if (colon < 1 || isDriveLetter || (slash >= 0 && slash < colon))
        {
            return null;
        }

        // Brackets hold an IPv6 address, or host and port, for which this form has no other place.
        string host = place[..colon];
        if (host.StartsWith('[') && host.EndsWith(']') && Uri.CheckHostName(host) != UriHostNameType.IPv6)
        {
            host = WithoutPort(host[1..^1]);
        }

        return Build("https", host, "/" + place[(colon + 1)..].TrimStart('/'));
    }

    private static string? Build(string scheme, string authority, string pathAndMore)
    {
        int end = pathAndMore.AsSpan().IndexOfAny("?#");
        string path = (end < 0 ? pathAndMore : pathAndMore[..end]).TrimEnd('/');
        if (path.EndsWith(".git", StringComparison.OrdinalIgnoreCase))
        {
            path = path[..^4].TrimEnd('/');
        }

        // An '@' in the path is most likely what is left of a password with a slash in it.
        bool isSafe = path.Length > 1 && !path.Contains('@', StringComparison.Ordinal) && authority.Length > 0;
        return isSafe
            && Uri.TryCreate($"{scheme}://{authority}{path}", UriKind.Absolute, out Uri? uri)
            && uri is { UserInfo: "", Host.Length: > 0 }
                ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
                : null;
    }

    private static string WithoutPort(string authority)
    {
        int colon = authority.LastIndexOf(':');
        return colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
    }
}
