using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry;

/// <summary>Authorities that a site has for itself (EdgeRegistryCaFile), trusted beside those of the system.</summary>
public static class CertificateAuthorities
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Reads the certificates of a PEM file.</summary>
    /// <param name="path">The file; empty for none.</param>
    /// <returns>The certificates; null for none.</returns>
    /// <exception cref="EdgeException">It cannot be read, or holds no certificate (EDGE4014).</exception>
    public static X509Certificate2Collection? Read(string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new EdgeException(e, DiagnosticCodes.CaFileUnreadable, path, e.Message.TrimEnd('.'));
        }

        return authorities.Count > 0
            ? authorities
            : throw new EdgeException(DiagnosticCodes.CaFileUnreadable, path, "there is no certificate in it");
    }

    /// <summary>Whether a server's certificate leads to one of the authorities.</summary>
    internal static bool Vouch(X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? seen)
    {
        if (certificate is not X509Certificate2 server)
        {
            return false;
        }

        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // What the server sent along, intermediate certificates among it.
        chain.ChainPolicy.ExtraStore.AddRange(seen?.ChainPolicy.ExtraStore ?? []);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        return chain.Build(server);
    }
}
