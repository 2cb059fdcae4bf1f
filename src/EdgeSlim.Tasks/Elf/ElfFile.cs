namespace EdgeSlim.Elf;

/// <summary>What the headers of an ELF file say (System V ABI, "Object Files").</summary>
public sealed record ElfFile
{
    /// <summary>The width of addresses.</summary>
    public required ElfClass Class { get; init; }

    /// <summary>What the file is.</summary>
    public required ElfType Type { get; init; }

    /// <summary>The processor.</summary>
    public required ElfMachine Machine { get; init; }

    /// <summary>Whether the kernel can start the file: a fixed-address executable or a position-independent one.</summary>
    public required bool IsExecutable { get; init; }

    /// <summary>Whether it is a position-independent executable that needs no interpreter.</summary>
    public required bool IsStaticPie { get; init; }

    /// <summary>The program interpreter (PT_INTERP); null for static executables and for shared libraries.</summary>
    public required string? Interpreter { get; init; }

    /// <summary>The GNU build-id in lower-case hex; null where the linker wrote none.</summary>
    public required string? BuildId { get; init; }

    /// <summary>Whether a symbol table or debug sections are left that <c>strip</c> would take away.</summary>
    public required bool HasStrippableSymbols { get; init; }
}
