using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Needs;

/// <summary>The needs that have a name, beside the C library and shared libraries.</summary>
public static class KnownNeeds
{
    /// <summary>TLS connections: OpenSSL.</summary>
    public const string Tls = "tls";

    /// <summary>Hashing, encryption, random bytes, certificates: OpenSSL.</summary>
    public const string Crypto = "crypto";

    /// <summary>The certificates of the public certificate authorities.</summary>
    public const string CaCertificates = "ca-certificates";

    /// <summary>The time zone database.</summary>
    public const string TimeZones = "tzdata";

    /// <summary>Cultures: ICU and its data.</summary>
    public const string Icu = "icu";

    /// <summary>The name of the user who runs the application.</summary>
    public const string User = "user";

    /// <summary>A folder for temporary files.</summary>
    public const string TemporaryFolder = "tmp";

    /// <summary>News about changed files.</summary>
    public const string FileWatching = "file-watching";

    /// <summary>Starting other programs.</summary>
    public const string ChildProcesses = "child-processes";

    /// <summary>Looking up host names.</summary>
    public const string Dns = "dns";

    /// <summary>A command shell.</summary>
    public const string Shell = "shell";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Tls, Crypto, CaCertificates, TimeZones, Icu, User, TemporaryFolder, FileWatching, ChildProcesses, Dns, Shell,
    ];

    /// <summary>Checks the name of a need.</summary>
    /// <param name="name">What the user wrote.</param>
    /// <returns>The name, as it is known.</returns>
    /// <exception cref="EdgeException">There is no such need (EDGE2020).</exception>
    public static string Parse(string name) =>
        All.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new EdgeException(DiagnosticCodes.UnknownNeed, name, string.Join(", ", All));
}
