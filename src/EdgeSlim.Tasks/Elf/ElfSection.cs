namespace EdgeSlim.Elf;

/// <summary>A section (System V ABI, "Sections").</summary>
/// <param name="Name">Its name: <c>.text</c>.</param>
/// <param name="Size">Its size in bytes: in memory for <c>.bss</c> and the like, in the file and in memory for others.</param>
/// <param name="IsInFile">Whether the file holds its bytes; <c>.bss</c> has none (SHT_NOBITS).</param>
/// <param name="IsAllocated">Whether it is in memory when the program runs (SHF_ALLOC).</param>
/// <param name="IsWritable">Whether it can be written then (SHF_WRITE).</param>
/// <param name="IsCode">Whether it holds instructions (SHF_EXECINSTR).</param>
public sealed record ElfSection(
    string Name, long Size, bool IsInFile, bool IsAllocated, bool IsWritable, bool IsCode);
