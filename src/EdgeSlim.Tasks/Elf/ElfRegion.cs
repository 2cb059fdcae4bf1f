namespace EdgeSlim.Elf;

/// <summary>A part of an ELF file.</summary>
/// <param name="Name">The name of a section, or one of the three names here.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Size">Its bytes in the file.</param>
/// <param name="Address">Where it is in memory when the program runs; null where it is not.</param>
public sealed record ElfRegion(string Name, long Offset, long Size, long? Address)
{
    /// <summary>The header of the file.</summary>
    public const string Header = "ELF header";

    /// <summary>What is loaded (program headers).</summary>
    public const string SegmentTable = "program headers";

    /// <summary>What the sections are.</summary>
    public const string SectionTable = "section headers";
}
