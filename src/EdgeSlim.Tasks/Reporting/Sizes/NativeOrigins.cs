using EdgeSlim.Elf;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>What the libraries are that an executable is linked of, by the names of their files. Pure.</summary>
internal static class NativeOrigins
{
    private static readonly (string Prefix, string Group, string Kind)[] Known =
    [
        ("libRuntime.", Runtime, SizeKinds.Runtime),
        ("libbootstrapper", Runtime, SizeKinds.Runtime),
        ("libeventpipe", Runtime, SizeKinds.Runtime),
        ("libstandalonegc", Runtime, SizeKinds.Runtime),
        ("libaotminipal", Runtime, SizeKinds.Runtime),
        ("libclrgc", Runtime, SizeKinds.Runtime),
        ("libSystem.Security.Cryptography.Native", OpenSsl, SizeKinds.Native),
        ("libSystem.Globalization.Native", Icu, SizeKinds.Native),
        ("libSystem.", Runtime, SizeKinds.Runtime),
        ("libbrotli", "Brotli", SizeKinds.Native),
        ("libz", "zlib", SizeKinds.Native),
        ("libcrypto", OpenSsl, SizeKinds.Native),
        ("libssl", OpenSsl, SizeKinds.Native),
        ("libicu", Icu, SizeKinds.Native),
        ("icudata", Icu, SizeKinds.Native),
        ("libstdc++compat", Runtime, SizeKinds.Runtime),
        ("libstdc++", "C++ library", SizeKinds.Native),
        ("libc++", "C++ library", SizeKinds.Native),
        ("libc.", CLibrary, SizeKinds.Native),
        ("libc_", CLibrary, SizeKinds.Native),
        ("libm.", CLibrary, SizeKinds.Native),
        ("libm-", CLibrary, SizeKinds.Native),
        ("libmvec", CLibrary, SizeKinds.Native),
        ("libdl.", CLibrary, SizeKinds.Native),
        ("libpthread", CLibrary, SizeKinds.Native),
        ("librt.", CLibrary, SizeKinds.Native),
        ("libgcc", CLibrary, SizeKinds.Native),
        ("libclang_rt", CLibrary, SizeKinds.Native),
        ("crt", CLibrary, SizeKinds.Native),
        ("rcrt", CLibrary, SizeKinds.Native),
        ("Scrt", CLibrary, SizeKinds.Native),
        ("gcrt", CLibrary, SizeKinds.Native),
    ];

    private const string Runtime = ".NET runtime and garbage collector";
    private const string OpenSsl = "OpenSSL";
    private const string Icu = "ICU";
    private const string CLibrary = "C library";

    /// <summary>The part of a tree that a piece belongs to.</summary>
    public static SizeBranch In(SizeBranch root, LinkedPiece piece)
    {
        if (piece.File is not string path)
        {
            return root.Part("Linker", SizeKinds.Format).Part(Describe(piece.Section), SizeKinds.Format);
        }

        string file = Path.GetFileName(path);
        (string group, string kind) = Group(path, file);
        SizeBranch library = root.Part(group, kind).Part(file, SizeKinds.Native);
        return piece.Member is string member ? library.Part(member, SizeKinds.ObjectFile) : library;
    }

    /// <summary>What a section is for that the linker makes, or that belongs to no input.</summary>
    public static string Describe(string section) => section switch
    {
        ".rodata" => "Texts and constants that were joined (.rodata)",
        ".eh_frame" => "Unwind tables (.eh_frame)",
        ".eh_frame_hdr" => "Index of the unwind tables (.eh_frame_hdr)",
        ".rela.dyn" or ".rel.dyn" or ".relr.dyn" or ".rela.plt" or ".rela.iplt" => $"Relocations ({section})",
        ".dynsym" or ".dynstr" or ".gnu.hash" or ".hash" or ".gnu.version" or ".gnu.version_r" or ".gnu.version_d" =>
            $"Symbols for the dynamic linker ({section})",
        ".got" or ".got.plt" or ".plt" or ".iplt" or ".plt.got" or ".plt.sec" => $"Addresses and jumps ({section})",
        ".symtab" or ".strtab" => $"Symbols ({section})",
        _ => section,
    };

    private static (string Group, string Kind) Group(string path, string file)
    {
        // EdgeSlim's stand-ins for algorithms that nothing gets to.
        if (file.StartsWith("reduced", StringComparison.Ordinal) && path.Contains("openssl", StringComparison.Ordinal))
        {
            return (OpenSsl, SizeKinds.Native);
        }

        foreach ((string prefix, string group, string kind) in Known)
        {
            if (file.StartsWith(prefix, StringComparison.Ordinal))
            {
                return (group, kind);
            }
        }

        return ("Other native libraries", SizeKinds.Native);
    }
}
