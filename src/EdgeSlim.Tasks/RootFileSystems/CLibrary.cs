using EdgeSlim.Elf;

namespace EdgeSlim.RootFileSystems;

/// <summary>The C libraries, whose programs and libraries do not mix.</summary>
public enum CLibrary
{
    /// <summary>None that can be told.</summary>
    Unknown,

    /// <summary>The GNU C library.</summary>
    Glibc,

    /// <summary>musl, which is Alpine's.</summary>
    Musl,
}

/// <summary>Tells the C library that a file is made for.</summary>
internal static class CLibraryOf
{
    /// <summary>By the interpreter's name.</summary>
    public static CLibrary Interpreter(string? path)
    {
        string name = path is null ? "" : path[(path.LastIndexOf('/') + 1)..];
        return name.StartsWith("ld-musl-", StringComparison.Ordinal) ? CLibrary.Musl
            : name.StartsWith("ld-linux", StringComparison.Ordinal) ? CLibrary.Glibc
            : CLibrary.Unknown;
    }

    /// <summary>By the interpreter, else by the name under which the C library is needed.</summary>
    public static CLibrary Of(ImageElf elf)
    {
        CLibrary byInterpreter = Interpreter(elf.File.Interpreter);
        return byInterpreter != CLibrary.Unknown ? byInterpreter
            : elf.Dynamic is not ElfDynamic dynamic ? CLibrary.Unknown
            : dynamic.Needed.Contains("libc.so.6") ? CLibrary.Glibc
            : dynamic.Needed.Any(n => n.StartsWith("libc.musl-", StringComparison.Ordinal)) ? CLibrary.Musl
            : CLibrary.Unknown;
    }
}
