namespace EdgeSlim.Elf;

/// <summary>The processor that an ELF file is for (<c>e_machine</c>).</summary>
public enum ElfMachine
{
    /// <summary>Another one than EdgeSlim knows.</summary>
    Other,

    /// <summary>32-bit ARM (EM_ARM, 40).</summary>
    Arm,

    /// <summary>x86-64 (EM_X86_64, 62).</summary>
    X64,

    /// <summary>64-bit ARM (EM_AARCH64, 183).</summary>
    Arm64,
}
