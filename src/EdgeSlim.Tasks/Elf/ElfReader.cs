using System.Text;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Elf;

/// <summary>
/// Reads little-endian ELF files of both classes. Each method reads what it needs and nothing more. Hostile input ends in
/// an error.
/// </summary>
public sealed class ElfReader
{
    private const uint SegmentInterpreter = 3;
    private const uint SectionSymbolTable = 2;
    private const uint SectionWithoutBytes = 8;
    private const long FlagBindNow = 0x8;
    private const long Flag1Now = 0x1;
    private const long Flag1NoDefaultLibraries = 0x800;
    private const long Flag1Pie = 0x08000000;

    // Generous: the headers of the largest files seen in the field are a few hundred kilobytes, their tables some tens of
    // megabytes.
    private const long MaxHeaderBytes = 16 << 20;
    private const long MaxTableBytes = 128 << 20;

    private readonly Stream _stream;
    private readonly string _name;

    private ElfReader(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
    }

    /// <summary>Reads the headers of a file, where it is an ELF file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What was read; null where the file does not begin with the ELF magic number.</returns>
    /// <exception cref="EdgeException">It is an ELF file, but a damaged one, or one of an unknown kind.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ElfFile? TryRead(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return TryRead(stream, path);
    }

    /// <summary>Reads the headers of an ELF file.</summary>
    /// <param name="stream">A seekable stream.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>What was read; null where the stream does not begin with the ELF magic number.</returns>
    /// <exception cref="EdgeException">It is an ELF file, but a damaged one, or one of an unknown kind.</exception>
    public static ElfFile? TryRead(Stream stream, string name) => TryOpen(stream, name)?.ReadFile();

    /// <summary>Begins to read an ELF file.</summary>
    /// <param name="stream">A seekable stream, which stays the caller's.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>A reader; null where the stream does not begin with the ELF magic number.</returns>
    public static ElfReader? TryOpen(Stream stream, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        stream.Position = 0;
        return stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && magic.SequenceEqual("\u007fELF"u8)
            ? new ElfReader(stream, name)
            : null;
    }

    /// <summary>Reads the headers.</summary>
    /// <returns>What they say.</returns>
    /// <exception cref="EdgeException">The file is damaged, or of an unknown kind (EDGE2005).</exception>
    public ElfFile ReadFile()
    {
        ElfInput input = new(_stream, _name, MaxHeaderBytes);
        ElfHeaders headers = new(input);
        string? interpreter = Interpreter(input, headers);
        bool isStaticPie = headers.Type == ElfType.Shared && interpreter is null
            && (ElfDynamicTable.TryRead(input, headers)?.Has(ElfDynamicTable.Flags1, Flag1Pie) ?? false);
        return new ElfFile
        {
            Class = input.Is64 ? ElfClass.Bits64 : ElfClass.Bits32,
            Type = headers.Type,
            Machine = headers.Machine,
            IsExecutable = headers.Type == ElfType.Executable
                || (headers.Type == ElfType.Shared && (interpreter is not null || isStaticPie)),
            IsStaticPie = isStaticPie,
            Interpreter = interpreter,
            BuildId = ElfNoteReader.BuildId(input, headers),
            HasStrippableSymbols = headers.ReadSections().Any(s => s.Type == SectionSymbolTable),
        };
    }

    /// <summary>Reads what the file says to the dynamic linker.</summary>
    /// <returns>It; null for a static executable at fixed addresses and for an object file.</returns>
    /// <exception cref="EdgeException">The file is damaged, or of an unknown kind (EDGE2005).</exception>
    public ElfDynamic? ReadDynamic()
    {
        ElfInput input = new(_stream, _name, MaxTableBytes);
        ElfHeaders headers = new(input);
        if (ElfDynamicTable.TryRead(input, headers) is not ElfDynamicTable dynamic)
        {
            return null;
        }

        ElfStringTable names = dynamic.ReadStrings(input, headers);
        ElfVersionReader versions = new(input, headers, names);
        return new ElfDynamic
        {
            Needed = [.. dynamic.All(ElfDynamicTable.Needed).Select(at => names[at])],
            SoName = Name(ElfDynamicTable.SoName),
            RPath = Name(ElfDynamicTable.RPath),
            RunPath = Name(ElfDynamicTable.RunPath),
            BindsNow = dynamic.Find(ElfDynamicTable.BindNow) is not null
                || dynamic.Has(ElfDynamicTable.Flags, FlagBindNow)
                || dynamic.Has(ElfDynamicTable.Flags1, Flag1Now),
            IgnoresDefaultFolders = dynamic.Has(ElfDynamicTable.Flags1, Flag1NoDefaultLibraries),
            VersionsNeeded = dynamic.Find(ElfDynamicTable.VersionsNeeded) is long needed
                ? versions.ReadNeeded(needed, dynamic.Find(ElfDynamicTable.VersionsNeededCount) ?? 0)
                : [],
            VersionsDefined = dynamic.Find(ElfDynamicTable.VersionsDefined) is long defined
                ? versions.ReadDefined(defined, dynamic.Find(ElfDynamicTable.VersionsDefinedCount) ?? 0)
                : [],
        };

        string? Name(long tag) => dynamic.Find(tag) is long at ? names[at] : null;
    }

    /// <summary>Reads the symbols that the dynamic linker binds: those the file defines for others, and those it lacks.</summary>
    /// <returns>The symbols, in the file's order.</returns>
    /// <exception cref="EdgeException">The file is damaged, or of an unknown kind (EDGE2005).</exception>
    public IReadOnlyList<ElfSymbol> ReadDynamicSymbols()
    {
        ElfInput input = new(_stream, _name, MaxTableBytes);
        ElfHeaders headers = new(input);
        return ElfDynamicTable.TryRead(input, headers) is ElfDynamicTable dynamic
            ? new ElfSymbolReader(input, headers).ReadDynamic(dynamic)
            : [];
    }

    /// <summary>Reads the functions that the file defines.</summary>
    /// <returns>The functions, in the file's order; none of a file that is stripped.</returns>
    /// <exception cref="EdgeException">The file is damaged, or of an unknown kind (EDGE2005).</exception>
    public IReadOnlyList<ElfFunction> ReadFunctions()
    {
        ElfInput input = new(_stream, _name, MaxTableBytes);
        return new ElfSymbolReader(input, new ElfHeaders(input)).ReadFunctions();
    }

    /// <summary>Reads the symbols that an object file leaves to others.</summary>
    /// <returns>The global and weak symbols that it does not define, in the file's order.</returns>
    /// <exception cref="EdgeException">The file is damaged, or of an unknown kind (EDGE2005).</exception>
    public IReadOnlyList<ElfSymbol> ReadUndefinedSymbols()
    {
        ElfInput input = new(_stream, _name, MaxTableBytes);
        return new ElfSymbolReader(input, new ElfHeaders(input)).ReadUndefined();
    }

    /// <summary>Reads what the sections are and how large they are.</summary>
    /// <returns>The sections, in the file's order, without the empty first one; none where the file has no headers of them.</returns>
    /// <exception cref="EdgeException">The file is damaged, or of an unknown kind (EDGE2005).</exception>
    public IReadOnlyList<ElfSection> ReadSections()
    {
        ElfInput input = new(_stream, _name, MaxTableBytes);
        ElfHeaders headers = new(input);
        ElfSectionHeader[] sections = headers.ReadSections();
        if (sections.Length == 0)
        {
            return [];
        }

        ElfStringTable names = headers.SectionNames(sections);
        return [.. sections.Skip(1).Select(s => new ElfSection(
            names[s.Name],
            s.Size,
            IsInFile: s.Type != SectionWithoutBytes,
            IsAllocated: (s.Flags & 2) != 0,
            IsWritable: (s.Flags & 1) != 0,
            IsCode: (s.Flags & 4) != 0))];
    }

    /// <summary>Reads what each part of the file is for.</summary>
    /// <returns>
    /// The header, the two tables and the sections, in no order. They may overlap in a file that no linker wrote, and there
    /// may be gaps between them. Sections that take no bytes of the file are not among them.
    /// </returns>
    /// <exception cref="EdgeException">The file is damaged, or of an unknown kind (EDGE2005).</exception>
    public IReadOnlyList<ElfRegion> ReadRegions()
    {
        ElfInput input = new(_stream, _name, MaxTableBytes);
        ElfHeaders headers = new(input);
        (long header, long segments, long segmentsSize, long table, long tableSize) = headers.Tables();
        ElfSectionHeader[] sections = headers.ReadSections();
        ElfStringTable? names = sections.Length == 0 ? null : headers.SectionNames(sections);
        return
        [
            new ElfRegion(ElfRegion.Header, 0, header, null),
            new ElfRegion(ElfRegion.SegmentTable, segments, segmentsSize, null),
            new ElfRegion(ElfRegion.SectionTable, table, tableSize, null),
            .. sections.Where(s => s.Type is not (0 or SectionWithoutBytes) && s.Size > 0).Select(s => new ElfRegion(
                names![s.Name], s.Offset, s.Size, (s.Flags & 2) != 0 ? s.Address : null)),
        ];
    }

    private static string? Interpreter(ElfInput input, ElfHeaders headers)
    {
        foreach (ElfSegment segment in headers.Segments.Where(s => s.Type == SegmentInterpreter))
        {
            return Encoding.UTF8.GetString(input.Block(segment.Offset, segment.Size)).TrimEnd('\0');
        }

        return null;
    }
}
