namespace EdgeSlim.Elf;

/// <summary>A function (System V ABI, "Symbol Table", STT_FUNC).</summary>
/// <param name="Name">Its name, as it stands in the table.</param>
/// <param name="Address">Where it begins.</param>
public sealed record ElfFunction(string Name, ulong Address);
