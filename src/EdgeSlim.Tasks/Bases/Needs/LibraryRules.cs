namespace EdgeSlim.Bases.Needs;

/// <summary>Which shared libraries the application needs. Pure.</summary>
internal static class LibraryRules
{
    private const string KerberosLibrary = "libgssapi_krb5.so.2";

    // The runtime tries several versions of each; these are the names without one.
    private static readonly (string Need, string[] Libraries)[] OfNeeds =
    [
        (KnownNeeds.Tls, ["libssl.so", "libcrypto.so"]),
        (KnownNeeds.Crypto, ["libssl.so", "libcrypto.so"]),
        (KnownNeeds.Icu, ["libicuuc.so", "libicui18n.so", "libicudata.so"]),
    ];

    // Libraries of other operating systems, which packages for several of them name and do not get to on Linux.
    private static readonly string[] ForeignSuffixes = [".dll", ".dylib"];
    private static readonly HashSet<string> ForeignNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "advapi32", "bcrypt", "crypt32", "gdi32", "kernel32", "kernelbase", "libobjc", "libsystem", "netapi32", "ntdll", "ole32",
        "oleaut32", "psapi", "secur32", "shell32", "user32", "winhttp", "winmm", "ws2_32",
    };

    /// <summary>The libraries.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="settings">What the project says.</param>
    /// <param name="needs">The needs that were found.</param>
    /// <returns>The libraries; one name may come several times.</returns>
    public static IEnumerable<LibraryNeed> Libraries(Observations seen, NeedSettings settings, IReadOnlyList<Need> needs) =>
        [.. Linked(seen), .. Declared(seen, settings), .. OpenedByRuntime(seen, settings, needs)];

    /// <summary>The name of a library without what the loader adds to it by itself.</summary>
    /// <param name="library">A name such as <c>e_sqlite3</c>, <c>libe_sqlite3.so</c> or <c>libssl.so.3</c>.</param>
    /// <returns>The bare name.</returns>
    public static string BareName(string library)
    {
        string name = library[(library.LastIndexOf('/') + 1)..];
        int suffix = name.IndexOf(".so", StringComparison.Ordinal);
        name = suffix > 0 && (suffix + 3 == name.Length || name[suffix + 3] == '.') ? name[..suffix] : name;
        return name.StartsWith("lib", StringComparison.Ordinal) ? name[3..] : name;
    }

    private static IEnumerable<LibraryNeed> Linked(Observations seen) =>
        from file in seen.NativeFiles
        from library in file.Needed
        select new LibraryNeed(
            library,
            LibraryLoading.Linked,
            Certainty.Certain,
            null,
            [new Evidence(EvidenceSource.File, $"{file.TargetPath} is linked to it")]);

    private static IEnumerable<LibraryNeed> Declared(Observations seen, NeedSettings settings)
    {
        // "library!function" binds one function; the others of the library stay as they were.
        HashSet<string> bound = [.. settings.DirectPInvokes.Where(d => !d.Contains('!', StringComparison.Ordinal)).Select(BareName)];
        foreach (AssemblyUses assembly in seen.Assemblies)
        {
            foreach (NativeImport import in assembly.Imports.Where(i => !bound.Contains(BareName(i.Library))))
            {
                // A stub of its own is left of each P/Invoke that is not bound by the linker.
                if (seen.Mstat?.Contains(import.Method) ?? true)
                {
                    yield return new LibraryNeed(
                        import.Library,
                        LibraryLoading.Opened,
                        seen.Mstat is null || IsForeign(import.Library) ? Certainty.Possible : Certainty.Certain,
                        null,
                        [new Evidence(EvidenceSource.Assembly, $"{assembly.Name} calls it in {import.Method}")]);
                }
            }
        }
    }

    private static IEnumerable<LibraryNeed> OpenedByRuntime(
        Observations seen, NeedSettings settings, IReadOnlyList<Need> needs)
    {
        foreach ((string need, string[] libraries) in OfNeeds)
        {
            bool isBuiltIn = need == KnownNeeds.Icu ? settings.StaticIcu : settings.StaticOpenSsl;
            if (!isBuiltIn && needs.FirstOrDefault(n => n.Name == need) is Need found)
            {
                foreach (string library in libraries)
                {
                    yield return new LibraryNeed(library, LibraryLoading.Opened, found.Certainty, need, found.Evidence);
                }
            }
        }

        if (seen.UndefinedSymbols is { } symbols
            && SymbolRules.Summary(symbols, s => s.StartsWith("NetSecurityNative_", StringComparison.Ordinal)) is Evidence kerberos)
        {
            yield return new LibraryNeed(KerberosLibrary, LibraryLoading.Opened, Certainty.Possible, null, [kerberos]);
        }
    }

    private static bool IsForeign(string library) =>
        ForeignSuffixes.Any(s => library.EndsWith(s, StringComparison.OrdinalIgnoreCase))
        || ForeignNames.Contains(BareName(library))
        || ForeignNames.Contains(library);
}
