namespace EdgeSlim.Elf;

/// <summary>
/// The entries for the dynamic linker. All they say is addresses of the loaded program, so that a file without section
/// headers can be read as well.
/// </summary>
internal sealed class ElfDynamicTable
{
    public const long Needed = 1;
    public const long PltRelocationsSize = 2;
    public const long Hash = 4;
    public const long Strings = 5;
    public const long Symbols = 6;
    public const long RelocationsWithAddend = 7;
    public const long RelocationsWithAddendSize = 8;
    public const long StringsSize = 10;
    public const long SymbolSize = 11;
    public const long SoName = 14;
    public const long RPath = 15;
    public const long Relocations = 17;
    public const long RelocationsSize = 18;
    public const long PltRelocationKind = 20;
    public const long PltRelocations = 23;
    public const long BindNow = 24;
    public const long RunPath = 29;
    public const long Flags = 30;
    public const long GnuHash = 0x6FFFFEF5;
    public const long Flags1 = 0x6FFFFFFB;
    public const long VersionsDefined = 0x6FFFFFFC;
    public const long VersionsDefinedCount = 0x6FFFFFFD;
    public const long VersionsNeeded = 0x6FFFFFFE;
    public const long VersionsNeededCount = 0x6FFFFFFF;

    private const uint SegmentDynamic = 2;

    private readonly List<(long Tag, long Value)> _entries = [];

    private ElfDynamicTable(ElfInput input, byte[] content)
    {
        int word = input.Is64 ? 8 : 4;
        for (int at = 0; at + (2 * word) <= content.Length; at += 2 * word)
        {
            long tag = input.Word(content, at);
            if (tag == 0)
            {
                break;
            }

            _entries.Add((tag, input.Word(content, at + word)));
        }
    }

    /// <summary>Reads the entries.</summary>
    /// <returns>They; null where the file has none.</returns>
    public static ElfDynamicTable? TryRead(ElfInput input, ElfHeaders headers)
    {
        foreach (ElfSegment segment in headers.Segments)
        {
            if (segment.Type == SegmentDynamic)
            {
                return new ElfDynamicTable(input, input.Block(segment.Offset, segment.Size));
            }
        }

        return null;
    }

    /// <summary>The last entry of a kind, as the dynamic linker has it; null for none.</summary>
    public long? Find(long tag)
    {
        int at = _entries.FindLastIndex(e => e.Tag == tag);
        return at < 0 ? null : _entries[at].Value;
    }

    public IEnumerable<long> All(long tag) => _entries.Where(e => e.Tag == tag).Select(e => e.Value);

    public bool Has(long flagsTag, long flag) => ((Find(flagsTag) ?? 0) & flag) != 0;

    /// <summary>The table with all names that the entries use.</summary>
    public ElfStringTable ReadStrings(ElfInput input, ElfHeaders headers) =>
        Find(Strings) is long address && Find(StringsSize) is long size
            ? new ElfStringTable(input, headers.At(address, size))
            : throw input.Invalid("its dynamic section names no string table");
}
