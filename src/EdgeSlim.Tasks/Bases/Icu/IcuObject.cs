using EdgeSlim.Elf;

namespace EdgeSlim.Bases.Icu;

/// <summary>Finds ICU's data in an object or a library, which holds them in a section of their own.</summary>
internal static class IcuObject
{
    private const int FormatOffset = 12;

    private static ReadOnlySpan<byte> Format => "CmnD"u8;

    /// <summary>Finds the data.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>The package; null where there is none.</returns>
    /// <exception cref="InvalidDataException">It is not in a known form.</exception>
    public static IcuDataPackage? Find(ReadOnlyMemory<byte> file, string name)
    {
        int start = file.Span.IndexOf(Format) - FormatOffset;
        using MemoryStream stream = new(file.ToArray(), writable: false);
        if (start < 0 || ElfReader.TryOpen(stream, name) is not ElfReader elf)
        {
            return null;
        }

        ElfRegion? section = elf.ReadRegions().FirstOrDefault(r => r.Offset <= start && start < r.Offset + r.Size);
        long length = section is null ? 0 : section.Offset + section.Size - start;
        return length > 0 && length <= file.Length - start
            ? IcuDataPackage.Parse(file.Slice(start, (int)length))
            : throw new InvalidDataException("the data are in no section of it");
    }
}
