namespace EdgeSlim.Bases.Needs;

/// <summary>What the application's own files give, whatever the base. Pure.</summary>
public static class PayloadOffer
{
    private static readonly (string Prefix, string Need)[] Paths =
    [
        // Where OpenSSL looks for certificates, as Debian builds it.
        ("/etc/ssl/certs/", KnownNeeds.CaCertificates),
        ("/usr/lib/ssl/cert.pem", KnownNeeds.CaCertificates),
        ("/usr/lib/ssl/certs/", KnownNeeds.CaCertificates),
        ("/usr/share/zoneinfo/", KnownNeeds.TimeZones),
        ("/bin/sh", KnownNeeds.Shell),
        ("/usr/bin/sh", KnownNeeds.Shell),
    ];

    private static readonly (string Variable, string Need)[] Variables =
    [
        ("SSL_CERT_FILE", KnownNeeds.CaCertificates),
        ("SSL_CERT_DIR", KnownNeeds.CaCertificates),
        ("TZDIR", KnownNeeds.TimeZones),
    ];

    // Of use to a dynamic executable alone: a static one cannot open libraries.
    private static readonly (string File, string[] Needs)[] Libraries =
    [
        ("libssl.so", [KnownNeeds.Tls, KnownNeeds.Crypto]),
        ("libicuuc.so", [KnownNeeds.Icu]),
    ];

    /// <summary>What the files and variables give.</summary>
    /// <param name="targetPaths">The paths of the files in the image.</param>
    /// <param name="variables">The names of the image's environment variables.</param>
    /// <param name="isStatic">Whether the executable is static.</param>
    /// <returns>The needs.</returns>
    public static IReadOnlySet<string> Of(IReadOnlyList<string> targetPaths, IReadOnlyList<string> variables, bool isStatic)
    {
        HashSet<string> given = [.. Variables.Where(v => variables.Contains(v.Variable)).Select(v => v.Need)];
        given.UnionWith(Paths.Where(p => targetPaths.Any(t => Matches(t, p.Prefix))).Select(p => p.Need));
        if (!isStatic)
        {
            given.UnionWith(Libraries
                .Where(l => targetPaths.Any(t => Path.GetFileName(t).StartsWith(l.File, StringComparison.Ordinal)))
                .SelectMany(l => l.Needs));
        }

        return given;
    }

    private static bool Matches(string targetPath, string path) =>
        path.EndsWith('/') ? targetPath.StartsWith(path, StringComparison.Ordinal) : targetPath == path;
}
