namespace EdgeSlim.Elf;

/// <summary>Reads symbol tables.</summary>
internal sealed class ElfSymbolReader(ElfInput input, ElfHeaders headers)
{
    private const uint SectionSymbolTable = 2;
    private const int Function = 2;
    private const long RelocationWithAddend = ElfDynamicTable.RelocationsWithAddend;

    private int SymbolSize => input.Is64 ? 24 : 16;

    /// <summary>The symbols that the dynamic linker sees.</summary>
    public List<ElfSymbol> ReadDynamic(ElfDynamicTable dynamic)
    {
        if (dynamic.Find(ElfDynamicTable.Symbols) is not long address)
        {
            return [];
        }

        long entrySize = dynamic.Find(ElfDynamicTable.SymbolSize) ?? SymbolSize;
        if (entrySize != SymbolSize)
        {
            throw input.Invalid($"its dynamic symbols have {entrySize} bytes");
        }

        long count = Count(dynamic);
        return count > uint.MaxValue
            ? throw input.Invalid($"it declares {count} dynamic symbols")
            : Read(headers.At(address, count * SymbolSize), dynamic.ReadStrings(input, headers));
    }

    /// <summary>
    /// The symbols that the linker looks for elsewhere (of SHT_SYMTAB). Those that the file defines are most of an object's,
    /// and their names take most of the time.
    /// </summary>
    public List<ElfSymbol> ReadUndefined()
    {
        ElfSectionHeader[] sections = headers.ReadSections();
        List<ElfSymbol> symbols = [];
        foreach (ElfSectionHeader section in sections.Where(s => s.Type == SectionSymbolTable))
        {
            byte[] table = input.Block(section.Offset, section.Size);
            symbols.AddRange(Read(table, headers.Strings(sections, section.Link, fewAreAsked: true), undefinedOnly: true));
        }

        return symbols;
    }

    /// <summary>The functions that the file defines (of SHT_SYMTAB), those without a linkage included.</summary>
    public List<ElfFunction> ReadFunctions()
    {
        ElfSectionHeader[] sections = headers.ReadSections();
        List<ElfFunction> functions = [];
        foreach (ElfSectionHeader section in sections.Where(s => s.Type == SectionSymbolTable))
        {
            byte[] table = input.Block(section.Offset, section.Size);
            ElfStringTable names = headers.Strings(sections, section.Link, fewAreAsked: false);
            for (int at = 0; at + SymbolSize <= table.Length; at += SymbolSize)
            {
                bool isFunction = (table[at + (input.Is64 ? 4 : 12)] & 0xf) == Function;
                ulong address = input.Is64 ? ElfInput.U32(table, at + 8) | ((ulong)ElfInput.U32(table, at + 12) << 32) : ElfInput.U32(table, at + 4);
                if (isFunction && address != 0)
                {
                    functions.Add(new ElfFunction(names[ElfInput.U32(table, at)], address));
                }
            }
        }

        return functions;
    }

    private List<ElfSymbol> Read(byte[] table, ElfStringTable names, bool undefinedOnly = false)
    {
        List<ElfSymbol> symbols = [];
        int infoAt = input.Is64 ? 4 : 12;
        int sectionAt = input.Is64 ? 6 : 14;
        for (int at = 0; at + SymbolSize <= table.Length; at += SymbolSize)
        {
            int binding = table[at + infoAt] >> 4;
            uint name = ElfInput.U32(table, at);
            bool isDefined = ElfInput.U16(table, at + sectionAt) != 0;
            // Local symbols bind nothing: sections, source files, static functions.
            if (binding != 0 && name != 0 && !(isDefined && undefinedOnly))
            {
                symbols.Add(new ElfSymbol(names[name], isDefined, IsWeak: binding == 2));
            }
        }

        return symbols;
    }

    // Nothing says how many dynamic symbols there are: the dynamic linker gets at them through the hash table and through
    // relocations only, and so does this.
    private long Count(ElfDynamicTable dynamic)
    {
        if (dynamic.Find(ElfDynamicTable.Hash) is long hash)
        {
            return ElfInput.U32(headers.At(hash, 8), 4);
        }

        long hashed = dynamic.Find(ElfDynamicTable.GnuHash) is long gnuHash ? CountHashed(gnuHash) : 0;

        // GNU ld writes a table that says nothing where a file exports nothing.
        return hashed > 0 ? hashed : CountRelocated(dynamic);
    }

    /// <summary>The index behind the last symbol of a DT_GNU_HASH table; 0 where it holds none.</summary>
    private long CountHashed(long address)
    {
        byte[] header = headers.At(address, 16);
        long buckets = ElfInput.U32(header, 0);
        long firstHashed = ElfInput.U32(header, 4);
        long bloomSize = ElfInput.U32(header, 8) * (input.Is64 ? 8L : 4L);
        long bucketsAt = address + 16 + bloomSize;
        byte[] table = headers.At(bucketsAt, 4 * buckets);
        uint last = 0;
        for (int i = 0; i < table.Length; i += 4)
        {
            last = Math.Max(last, ElfInput.U32(table, i));
        }

        if (last == 0)
        {
            return 0;
        }

        if (last < firstHashed)
        {
            throw input.Invalid($"its hash table begins at symbol {firstHashed} and names symbol {last}");
        }

        // The chain of the last bucket ends with an odd hash.
        long chainAt = bucketsAt + (4 * buckets) + (4 * (last - firstHashed));
        for (long count = last + 1L; ; count++, chainAt += 4)
        {
            if ((headers.At(chainAt, 4)[0] & 1) != 0)
            {
                return count;
            }
        }
    }

    /// <summary>The index behind the last symbol that a relocation needs.</summary>
    private long CountRelocated(ElfDynamicTable dynamic)
    {
        (long Address, long Size, long Kind)[] tables =
        [
            .. Table(dynamic, RelocationWithAddend, ElfDynamicTable.RelocationsWithAddendSize, RelocationWithAddend),
            .. Table(dynamic, ElfDynamicTable.Relocations, ElfDynamicTable.RelocationsSize, ElfDynamicTable.Relocations),
            .. Table(
                dynamic,
                ElfDynamicTable.PltRelocations,
                ElfDynamicTable.PltRelocationsSize,
                dynamic.Find(ElfDynamicTable.PltRelocationKind) ?? RelocationWithAddend),
        ];
        long last = 0;
        int word = input.Is64 ? 8 : 4;
        foreach ((long address, long size, long kind) in tables)
        {
            byte[] relocations = headers.At(address, size);
            int entrySize = kind == RelocationWithAddend ? 3 * word : 2 * word;
            for (int at = 0; at + entrySize <= relocations.Length; at += entrySize)
            {
                // r_info: the symbol stands above the type, which has 32 bits or 8.
                uint symbol = input.Is64 ? ElfInput.U32(relocations, at + 12) : ElfInput.U32(relocations, at + 4) >> 8;
                last = Math.Max(last, symbol);
            }
        }

        return last + 1;
    }

    private static IEnumerable<(long Address, long Size, long Kind)> Table(
        ElfDynamicTable dynamic, long addressTag, long sizeTag, long kind)
    {
        if (dynamic.Find(addressTag) is long address && dynamic.Find(sizeTag) is long size and > 0)
        {
            yield return (address, size, kind);
        }
    }
}
