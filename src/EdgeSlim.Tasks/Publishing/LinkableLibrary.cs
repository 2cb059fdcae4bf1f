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
