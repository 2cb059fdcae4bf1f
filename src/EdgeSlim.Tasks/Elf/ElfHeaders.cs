namespace EdgeSlim.Elf;

/// <summary>A part of the file that is loaded or described for loading (<c>Elf_Phdr</c>).</summary>
internal sealed record ElfSegment(uint Type, long Offset, long Address, long Size);

/// <summary>Where a section is (<c>Elf_Shdr</c>).</summary>
internal sealed record ElfSectionHeader(
    uint Name, uint Type, long Flags, long Address, long Offset, long Size, uint Link, long EntrySize);

/// <summary>The ELF header and the two tables that it leads to.</summary>
internal sealed class ElfHeaders
{
    private const uint SegmentLoad = 1;
    private const ushort ExtendedIndex = 0xFFFF;

    // Each address is looked up in all of them. The largest programs have some ten.
    private const int MaxLoadSegments = 256;

    private readonly ElfInput _input;
    private readonly byte[] _header;
    private readonly ElfSegment[] _loaded;

    public ElfHeaders(ElfInput input)
    {
        _input = input;
        _header = input.Block(0, input.Is64 ? 64 : 52);
        Segments = ReadSegments();
        _loaded = [.. Segments.Where(s => s.Type == SegmentLoad)];
        if (_loaded.Length > MaxLoadSegments)
        {
            throw input.Invalid($"it has {_loaded.Length} segments to load");
        }
    }

    public ElfType Type => ElfInput.U16(_header, 16) switch
    {
        1 => ElfType.Relocatable,
        2 => ElfType.Executable,
        3 => ElfType.Shared,
        _ => ElfType.Other,
    };

    public ElfMachine Machine => ElfInput.U16(_header, 18) switch
    {
        40 => ElfMachine.Arm,
        62 => ElfMachine.X64,
        183 => ElfMachine.Arm64,
        _ => ElfMachine.Other,
    };

    public ElfSegment[] Segments { get; }

    /// <summary>Where in the file an address of the loaded program is; the bytes have to be in one segment.</summary>
    /// <param name="address">The address.</param>
    /// <param name="size">How many bytes are to be read there.</param>
    /// <returns>The offset.</returns>
    public long OffsetOf(long address, long size)
    {
        foreach (ElfSegment segment in _loaded)
        {
            long into = address - segment.Address;
            if (address >= segment.Address && into >= 0
                && size >= 0 && size <= segment.Size && into <= segment.Size - size)
            {
                return segment.Offset + into;
            }
        }

        throw _input.Invalid($"{size} bytes at address 0x{address:x} are in none of its segments");
    }

    /// <summary>The bytes at an address of the loaded program.</summary>
    public byte[] At(long address, long size) => _input.Block(OffsetOf(address, size), size);

    public ElfSectionHeader[] ReadSections()
    {
        long offset = _input.Word(_header, _input.Is64 ? 40 : 32);
        int entrySize = ElfInput.U16(_header, _input.Is64 ? 58 : 46);
        long count = ElfInput.U16(_header, _input.Is64 ? 60 : 48);
        if (offset == 0)
        {
            return [];
        }

        // More sections than the field can count are counted in the first one.
        int minimum = _input.Is64 ? 64 : 40;
        if (count == 0)
        {
            count = Section(_input.Table(offset, entrySize, 1, minimum), 0).Size;
        }

        byte[] table = _input.Table(offset, entrySize, count, minimum);
        ElfSectionHeader[] sections = new ElfSectionHeader[count];
        for (int i = 0; i < sections.Length; i++)
        {
            sections[i] = Section(table, i * entrySize);
        }

        return sections;
    }

    /// <summary>Where the file says what is in it: its header and the two tables.</summary>
    public (long Header, long Segments, long SegmentsSize, long Sections, long SectionsSize) Tables()
    {
        bool is64 = _input.Is64;
        return (
            ElfInput.U16(_header, is64 ? 52 : 40),
            _input.Word(_header, is64 ? 32 : 28),
            (long)ElfInput.U16(_header, is64 ? 54 : 42) * ElfInput.U16(_header, is64 ? 56 : 44),
            _input.Word(_header, is64 ? 40 : 32),
            (long)ElfInput.U16(_header, is64 ? 58 : 46) * ElfInput.U16(_header, is64 ? 60 : 48));
    }

    /// <summary>The table with the names of the sections.</summary>
    public ElfStringTable SectionNames(ElfSectionHeader[] sections)
    {
        uint index = ElfInput.U16(_header, _input.Is64 ? 62 : 50);
        if (index == ExtendedIndex && sections.Length > 0)
        {
            index = sections[0].Link;
        }

        return Strings(sections, index);
    }

    /// <summary>The table of names in a section.</summary>
    public ElfStringTable Strings(ElfSectionHeader[] sections, uint index, bool fewAreAsked = false) =>
        index < sections.Length
            ? fewAreAsked
                ? new ElfStringTable(_input, sections[index].Offset, sections[index].Size)
                : new ElfStringTable(_input, _input.Block(sections[index].Offset, sections[index].Size))
            : throw _input.Invalid($"it names section {index} of {sections.Length}");

    private ElfSegment[] ReadSegments()
    {
        bool is64 = _input.Is64;
        long offset = _input.Word(_header, is64 ? 32 : 28);
        int entrySize = ElfInput.U16(_header, is64 ? 54 : 42);
        int count = ElfInput.U16(_header, is64 ? 56 : 44);
        byte[] table = _input.Table(offset, entrySize, count, is64 ? 56 : 32);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int at = i * entrySize;
            return new ElfSegment(
                ElfInput.U32(table, at),
                _input.Word(table, at + (is64 ? 8 : 4)),
                _input.Word(table, at + (is64 ? 16 : 8)),
                _input.Word(table, at + (is64 ? 32 : 16)));
        })];
    }

    private ElfSectionHeader Section(byte[] table, int at) => _input.Is64
        ? new ElfSectionHeader(
            ElfInput.U32(table, at),
            ElfInput.U32(table, at + 4),
            _input.Word(table, at + 8),
            _input.Word(table, at + 16),
            _input.Word(table, at + 24),
            _input.Word(table, at + 32),
            ElfInput.U32(table, at + 40),
            _input.Word(table, at + 56))
        : new ElfSectionHeader(
            ElfInput.U32(table, at),
            ElfInput.U32(table, at + 4),
            _input.Word(table, at + 8),
            _input.Word(table, at + 12),
            _input.Word(table, at + 16),
            _input.Word(table, at + 20),
            ElfInput.U32(table, at + 24),
            _input.Word(table, at + 36));
}
