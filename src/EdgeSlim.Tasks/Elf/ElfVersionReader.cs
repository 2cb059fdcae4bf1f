namespace EdgeSlim.Elf;

/// <summary>Reads the symbol versions (Linux Standard Base, "Symbol Versioning").</summary>
internal sealed class ElfVersionReader(ElfInput input, ElfHeaders headers, ElfStringTable names)
{
    private const int NeedSize = 16;
    private const int NeedAuxiliarySize = 16;
    private const int DefinitionSize = 20;
    private const int DefinitionAuxiliarySize = 8;
    private const ushort FlagBase = 1;
    private const ushort FlagWeak = 2;

    // A version has an index of 15 bits. The entries are chained by distances, which can be made to overlap.
    private const int MaxEntries = 1 << 15;

    private int _entries;

    public List<ElfVersionNeed> ReadNeeded(long address, long count)
    {
        List<ElfVersionNeed> needs = [];
        foreach ((long at, byte[] need) in Chain(address, count, NeedSize, nextAt: 12))
        {
            string library = names[ElfInput.U32(need, 4)];
            long first = at + ElfInput.U32(need, 8);
            foreach ((_, byte[] version) in Chain(first, ElfInput.U16(need, 2), NeedAuxiliarySize, nextAt: 12))
            {
                needs.Add(new ElfVersionNeed(
                    library, names[ElfInput.U32(version, 8)], (ElfInput.U16(version, 4) & FlagWeak) != 0));
            }
        }

        return needs;
    }

    public List<string> ReadDefined(long address, long count)
    {
        List<string> versions = [];
        foreach ((long at, byte[] definition) in Chain(address, count, DefinitionSize, nextAt: 16))
        {
            // The first name is the version's own, the others are those that it follows on.
            if ((ElfInput.U16(definition, 2) & FlagBase) == 0 && ElfInput.U16(definition, 6) > 0)
            {
                byte[] own = headers.At(at + ElfInput.U32(definition, 12), DefinitionAuxiliarySize);
                versions.Add(names[ElfInput.U32(own, 0)]);
            }
        }

        return versions;
    }

    private IEnumerable<(long Address, byte[] Entry)> Chain(long address, long count, int size, int nextAt)
    {
        for (long i = 0; i < count; i++)
        {
            if (++_entries > MaxEntries)
            {
                throw input.Invalid($"it has more than {MaxEntries} symbol versions");
            }

            byte[] entry = headers.At(address, size);
            yield return (address, entry);
            long next = ElfInput.U32(entry, nextAt);
            if (next == 0)
            {
                yield break;
            }

            address += next;
        }
    }
}
