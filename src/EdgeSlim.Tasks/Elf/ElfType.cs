namespace EdgeSlim.Elf;

/// <summary>What an ELF file is (<c>e_type</c>).</summary>
public enum ElfType
{
    /// <summary>Something else, such as a core dump.</summary>
    Other,

    /// <summary>An object file for the linker (ET_REL).</summary>
    Relocatable,

    /// <summary>An executable at fixed addresses (ET_EXEC).</summary>
    Executable,

    /// <summary>A shared library or a position-independent executable (ET_DYN).</summary>
    Shared,
}
