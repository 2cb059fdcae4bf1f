namespace EdgeSlim.Publishing;

/// <summary>Says whether OpenSSL can be linked into a static executable on this machine.</summary>
public static class OpenSslProbe
{
    private static readonly string[] Libraries = ["libssl.a", "libcrypto.a"];

    private static readonly string[] Programs = ["cmake", "make"];

    private static readonly string[] IncludeFolders = ["/usr/include", "/usr/local/include"];

    /// <summary>Looks for what it takes.</summary>
    /// <param name="compilerDriver">The compiler driver that links.</param>
    /// <param name="openSslRoot">The value of OPENSSL_ROOT_DIR, where cmake looks first; null for none.</param>
    /// <param name="tools">This machine's tools.</param>
    /// <returns>What is missing, by the name of the file or program; none where it can be linked.</returns>
    public static IReadOnlyList<string> Missing(string compilerDriver, string? openSslRoot, IToolLookup tools)
    {
        List<string> missing = [];
        missing.AddRange(Libraries.Where(l => tools.FindLibrary(compilerDriver, null, l) is null));
        IEnumerable<string> folders = openSslRoot is null ? IncludeFolders : [Path.Combine(openSslRoot, "include"), .. IncludeFolders];
        if (!folders.Any(f => tools.HasFile(Path.Combine(f, "openssl", "ssl.h"))))
        {
            missing.Add("openssl/ssl.h");
        }

        missing.AddRange(Programs.Where(p => tools.Find(p) is null));
        return missing;
    }
}
