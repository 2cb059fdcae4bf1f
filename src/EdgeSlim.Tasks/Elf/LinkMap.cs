namespace EdgeSlim.Elf;

/// <summary>What a linker says it made an executable of (<c>-Map</c>).</summary>
/// <param name="Inputs">The pieces, in the linker's order.</param>
/// <param name="Sections">The sections that it wrote, with those that stripping takes away, and their bytes.</param>
public sealed record LinkMap(IReadOnlyList<LinkedPiece> Inputs, IReadOnlyDictionary<string, long> Sections);

/// <summary>A piece of an object file in an executable.</summary>
/// <param name="Section">The section that it is in.</param>
/// <param name="Address">Where it is in memory.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="File">The object file or the archive; null for what the linker makes itself.</param>
/// <param name="Member">The object file in the archive; null where the file is none.</param>
public sealed record LinkedPiece(string Section, long Address, long Size, string? File, string? Member);
