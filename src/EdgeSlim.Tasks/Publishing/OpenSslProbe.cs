namespace EdgeSlim.Publishing;

/// <summary>Says whether OpenSSL can be linked into a static executable on this machine.</summary>
public static class OpenSslProbe
{
    private const string Header = "openssl/ssl.h";

    // Where OpenSSL 3 says its version, with two spaces; which algorithms can stay out is known of that alone.
    private const string VersionHeader = "openssl/opensslv.h";
    private const string Version3 = "OPENSSL_VERSION_MAJOR  3";

    private static readonly string[] Libraries = ["libssl.a", "libcrypto.a"];

    private static readonly string[] Programs = ["cmake", "make"];

    private static readonly string[] IncludeFolders = ["/usr/include", "/usr/local/include"];

    /// <summary>Looks for what it takes.</summary>
    /// <param name="compilerDriver">The compiler driver that links.</param>
    /// <param name="openSslRoot">The value of OPENSSL_ROOT_DIR, where cmake looks first; null for none.</param>
    /// <param name="tools">This machine's tools.</param>
    /// <returns>What was found.</returns>
    public static OpenSslToolchain Look(string compilerDriver, string? openSslRoot, IToolLookup tools)
    {
        string?[] libraries = [.. Libraries.Select(l => tools.FindLibrary(compilerDriver, null, l))];
        IEnumerable<string> folders =
            openSslRoot is null ? IncludeFolders : [Path.Combine(openSslRoot, "include"), .. IncludeFolders];
        string? folder = folders.FirstOrDefault(f => tools.HasFile(Path.Combine(f, Header)));
        string[] headers = folder is null ? [Header] : [];
        return new OpenSslToolchain(
            [.. libraries.OfType<string>()],
            [
                .. Libraries.Where((_, i) => libraries[i] is null),
                .. headers,
                .. Programs.Where(p => tools.Find(p) is null),
            ],
            folder is not null && tools.Contains(Path.Combine(folder, VersionHeader), Version3) ? folder : null);
    }
}

/// <summary>What a machine has to link OpenSSL in with.</summary>
/// <param name="Libraries">The static libraries that were found, in the order in which they are linked.</param>
/// <param name="Missing">What is missing, by the name of the file or program; none where it can be linked.</param>
/// <param name="ReducibleHeaders">
/// The folder of the headers, where it is known how to leave algorithms out of this version; else null.
/// </param>
public sealed record OpenSslToolchain(
    IReadOnlyList<string> Libraries, IReadOnlyList<string> Missing, string? ReducibleHeaders);
