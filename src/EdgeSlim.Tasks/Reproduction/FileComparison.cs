using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Reproduction;

/// <summary>Says where two files differ: of native code in which sections, of others at which byte.</summary>
internal static class FileComparison
{
    // It is a hash of all others, so that it says nothing of its own.
    private const string BuildId = ".note.gnu.build-id";
    private const int MostNamed = 6;

    public static string Describe(string one, string other)
    {
        using FileStream first = File.OpenRead(one);
        using FileStream second = File.OpenRead(other);
        try
        {
            if (ElfReader.TryOpen(first, one) is ElfReader elf && ElfReader.TryOpen(second, other) is ElfReader otherElf)
            {
                return Sections(first, elf.ReadRegions(), second, otherElf.ReadRegions());
            }
        }
        catch (EdgeException)
        {
            // Not all that begins like an ELF file is one. Its bytes can be compared all the same.
        }

        return At(first, second);
    }

    private static string Sections(Stream first, IReadOnlyList<ElfRegion> regions, Stream second, IReadOnlyList<ElfRegion> others)
    {
        ElfRegion[] sections = [.. regions.OrderBy(r => r.Offset)];
        string[] different =
        [
            .. sections.Where(r => !(others.FirstOrDefault(o => o.Name == r.Name) is ElfRegion like && IsSame(first, r, second, like))).Select(r => r.Name),
            .. others.Select(o => o.Name).Except(regions.Select(r => r.Name)),
        ];
        // What leads to others is named first: code and data, of these what has another size, for that moves the rest; then
        // tables that follow from where they lie, then hashes.
        string[] named =
        [
            .. different.Distinct().OrderBy(n => n == BuildId ? 2 : IsTable(n) ? 1 : 0).ThenBy(n => Size(regions, n) == Size(others, n)),
        ];
        if (named.Length == 0)
        {
            return "its sections are the same, and what lies between them is not";
        }

        ElfRegion? section = sections.FirstOrDefault(r => r.Name == named[0]);
        ElfRegion? counterpart = others.FirstOrDefault(o => o.Name == named[0]);
        string sizes = section is null ? "only the second has it"
            : counterpart is null ? "only the first has it"
            : section.Size != counterpart.Size ? $"{section.Size} bytes, and then {counterpart.Size}"
            : $"{section.Size} bytes, from byte {FirstDifference(first, section, second, counterpart)} of it on";
        string also = named.Length == 1 ? ""
            : $"; also {string.Join(", ", named.Skip(1).Take(MostNamed))}{(named.Length > MostNamed + 1 ? $" and {named.Length - MostNamed - 1} more" : "")}";
        return $"the ELF section {named[0]} ({sizes}){also}";
    }

    private static long? Size(IReadOnlyList<ElfRegion> regions, string name) => regions.FirstOrDefault(r => r.Name == name)?.Size;

    private static bool IsTable(string name) =>
        name is ElfRegion.Header or ElfRegion.SegmentTable or ElfRegion.SectionTable or ".shstrtab" or ".strtab" or ".symtab" or ".eh_frame_hdr"
        || name.StartsWith(".rel", StringComparison.Ordinal) || name.StartsWith(".gnu_debuglink", StringComparison.Ordinal);

    private static bool IsSame(Stream first, ElfRegion one, Stream second, ElfRegion other) =>
        one.Size == other.Size && FirstDifference(first, one, second, other) == one.Size;

    private static long FirstDifference(Stream first, ElfRegion one, Stream second, ElfRegion other)
    {
        first.Position = one.Offset;
        second.Position = other.Offset;
        return FirstDifference(first, second, Math.Min(one.Size, other.Size));
    }

    private static string At(FileStream first, FileStream second)
    {
        first.Position = 0;
        second.Position = 0;
        long at = FirstDifference(first, second, Math.Min(first.Length, second.Length));
        return first.Length == second.Length ? $"its content, from byte {at} on" : $"its content, from byte {at} on ({first.Length} bytes, and then {second.Length})";
    }

    private static long FirstDifference(Stream first, Stream second, long length)
    {
        byte[] one = new byte[64 * 1024];
        byte[] other = new byte[one.Length];
        for (long at = 0; at < length;)
        {
            int count = (int)Math.Min(one.Length, length - at);
            first.ReadExactly(one, 0, count);
            second.ReadExactly(other, 0, count);
            int same = one.AsSpan(0, count).CommonPrefixLength(other.AsSpan(0, count));
            if (same < count)
            {
                return at + same;
            }

            at += count;
        }

        return length;
    }
}
