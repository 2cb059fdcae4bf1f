namespace EdgeSlim.Elf;

/// <summary>A global or weak symbol (System V ABI, "Symbol Table").</summary>
/// <param name="Name">Its name, as it stands in the table.</param>
/// <param name="IsDefined">Whether this file defines it; otherwise another one has to.</param>
/// <param name="IsWeak">Whether it may stay undefined (STB_WEAK).</param>
public sealed record ElfSymbol(string Name, bool IsDefined, bool IsWeak);
