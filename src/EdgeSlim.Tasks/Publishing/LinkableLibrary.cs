namespace EdgeSlim.Publishing;

/// <summary>A library that .NET opens at run time, and that can be linked into a static executable instead.</summary>
public sealed record LinkableLibrary
{
    /// <summary>Its short name.</summary>
    public required string Name { get; init; }

    /// <summary>Its name in messages.</summary>
    public required string Title { get; init; }

    /// <summary>Its static libraries, in the order in which they are linked.</summary>
    public required IReadOnlyList<string> Archives { get; init; }

    /// <summary>The static libraries of the language that it is written in.</summary>
    public IReadOnlyList<string> LanguageArchives { get; init; } = [];

    /// <summary>Other libraries that a distribution may have built it with.</summary>
    public IReadOnlyList<CompanionLibrary> Companions { get; init; } = [];

    /// <summary>A header without which the shim cannot be compiled.</summary>
    public required string Header { get; init; }

    /// <summary>The variable that names a folder with a build of it, where there is one.</summary>
    public string? RootVariable { get; init; }

    /// <summary>
    /// A header and what it says where it is known how to leave parts out of this version; null where that is not known.
    /// </summary>
    public (string Header, string Text)? ReducibleVersion { get; init; }

    /// <summary>Debian's packages that have it.</summary>
    public required IReadOnlyList<string> Packages { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LinkableLibrary> All { get; } =
    [
        new()
        {
            Name = "openssl",
            Title = "OpenSSL",
            Archives = ["libssl.a", "libcrypto.a"],
            Companions = [new CompanionLibrary("libcrypto.a", "ZSTD_compress", "libzstd.a", "libzstd-dev")],
            Header = "openssl/ssl.h",
            RootVariable = "OPENSSL_ROOT_DIR",
            // With two spaces, as OpenSSL writes it.
            ReducibleVersion = ("openssl/opensslv.h", "OPENSSL_VERSION_MAJOR  3"),
            Packages = ["libssl-dev"],
        },
        new()
        {
            Name = "icu",
            Title = "ICU",
            Archives = ["libicui18n.a", "libicuuc.a", "libicudata.a"],
            LanguageArchives = ["libstdc++.a"],
            Header = "unicode/ucurr.h",
            Packages = ["libicu-dev", "g++"],
        },
    ];
}

/// <summary>A library that another one may have been built with.</summary>
/// <param name="In">The static library that tells.</param>
/// <param name="Symbol">What it calls then.</param>
/// <param name="Archive">The static library that has this.</param>
/// <param name="Package">Debian's package that has the static library.</param>
public sealed record CompanionLibrary(string In, string Symbol, string Archive, string Package);
