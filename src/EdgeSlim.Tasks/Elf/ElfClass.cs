namespace EdgeSlim.Elf;

/// <summary>The width of an ELF file's addresses (<c>EI_CLASS</c>).</summary>
public enum ElfClass
{
    /// <summary>32 bits (ELFCLASS32).</summary>
    Bits32,

    /// <summary>64 bits (ELFCLASS64).</summary>
    Bits64,
}
