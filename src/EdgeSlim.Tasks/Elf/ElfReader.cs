using System.Buffers.Binary;
using System.Text;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Elf;

/// <summary>
/// Reads little-endian ELF files of both classes. Every offset and count comes from the file and is held against its
/// length before use, so hostile input ends in an error.
/// </summary>
public sealed class ElfReader
{
    private const ushort TypeExecutable = 2;
    private const ushort TypeDynamic = 3;
    private const uint SegmentDynamic = 2;
    private const uint SegmentInterpreter = 3;
    private const uint SegmentNote = 4;
    private const uint SectionSymbolTable = 2;
    private const uint NoteGnuBuildId = 3;
    private const ulong DynamicFlags1 = 0x6FFFFFFB;
    private const ulong FlagPie = 0x08000000;

    // Generous: the headers of the largest files seen in the field are a few hundred kilobytes. All together, since a
    // hostile file could name one large block again and again.
    private const long MaxBytes = 16 << 20;

    private readonly Stream _stream;
    private readonly string _name;
    private long _bytesRead;
    private bool _is64;

    private ElfReader(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
    }

    private readonly record struct Segment(uint Type, long Offset, long Size);

    /// <summary>Reads a file, where it is an ELF file.</summary>
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

    /// <summary>Reads an ELF file.</summary>
    /// <param name="stream">A seekable stream.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>What was read; null where the stream does not begin with the ELF magic number.</returns>
    /// <exception cref="EdgeException">It is an ELF file, but a damaged one, or one of an unknown kind.</exception>
    public static ElfFile? TryRead(Stream stream, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        stream.Position = 0;
        if (stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4 || !magic.SequenceEqual("\u007fELF"u8))
        {
            return null;
        }

        return new ElfReader(stream, name).Read();
    }

    private ElfFile Read()
    {
        byte[] identification = Block(0, 16);
        _is64 = identification[4] switch
        {
            1 => false,
            2 => true,
            byte other => throw Invalid($"its class is {other}, neither 32 nor 64 bits"),
        };
        if (identification[5] != 1)
        {
            throw Invalid("it is not little-endian");
        }

        byte[] header = Block(0, _is64 ? 64 : 52);
        ushort type = U16(header, 16);
        Segment[] segments = Segments(header);
        string? interpreter = Interpreter(segments);
        return new ElfFile
        {
            Machine = U16(header, 18) switch
            {
                40 => ElfMachine.Arm,
                62 => ElfMachine.X64,
                183 => ElfMachine.Arm64,
                _ => ElfMachine.Other,
            },
            IsExecutable = type == TypeExecutable || (type == TypeDynamic && (interpreter is not null || IsPie(segments))),
            Interpreter = interpreter,
            BuildId = BuildId(segments),
            HasStrippableSymbols = HasSymbolTable(header),
        };
    }

    private Segment[] Segments(byte[] header)
    {
        long offset = Word(header, _is64 ? 32 : 28);
        int entrySize = U16(header, _is64 ? 54 : 42);
        int count = U16(header, _is64 ? 56 : 44);
        byte[] table = Table(offset, entrySize, count, _is64 ? 56 : 32);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int at = i * entrySize;
            return new Segment(
                U32(table, at),
                Word(table, at + (_is64 ? 8 : 4)),
                Word(table, at + (_is64 ? 32 : 16)));
        })];
    }

    private string? Interpreter(Segment[] segments)
    {
        foreach (Segment segment in segments.Where(s => s.Type == SegmentInterpreter))
        {
            return Encoding.UTF8.GetString(Block(segment.Offset, segment.Size)).TrimEnd('\0');
        }

        return null;
    }

    private bool IsPie(Segment[] segments)
    {
        int word = _is64 ? 8 : 4;
        foreach (Segment segment in segments.Where(s => s.Type == SegmentDynamic))
        {
            byte[] entries = Block(segment.Offset, segment.Size);
            for (int at = 0; at + (2 * word) <= entries.Length; at += 2 * word)
            {
                if ((ulong)Word(entries, at) == DynamicFlags1)
                {
                    return ((ulong)Word(entries, at + word) & FlagPie) != 0;
                }
            }
        }

        return false;
    }

    private string? BuildId(Segment[] segments)
    {
        foreach (Segment segment in segments.Where(s => s.Type == SegmentNote))
        {
            byte[] notes = Block(segment.Offset, segment.Size);
            for (int at = 0; at + 12 <= notes.Length;)
            {
                long nameSize = U32(notes, at);
                long contentSize = U32(notes, at + 4);
                long content = at + 12 + Align(nameSize);
                long next = content + Align(contentSize);
                if (content + contentSize > notes.Length)
                {
                    throw Invalid("a note reaches beyond its segment");
                }

                if (U32(notes, at + 8) == NoteGnuBuildId
                    && nameSize == 4 && notes.AsSpan(at + 12, 4).SequenceEqual("GNU\0"u8))
                {
                    return Convert.ToHexStringLower(notes.AsSpan((int)content, (int)contentSize));
                }

                at = (int)Math.Min(next, notes.Length);
            }
        }

        return null;
    }

    private bool HasSymbolTable(byte[] header)
    {
        long offset = Word(header, _is64 ? 40 : 32);
        int entrySize = U16(header, _is64 ? 58 : 46);
        int count = U16(header, _is64 ? 60 : 48);
        if (offset == 0 || count == 0)
        {
            return false;
        }

        byte[] table = Table(offset, entrySize, count, _is64 ? 64 : 40);
        return Enumerable.Range(0, count).Any(i => U32(table, (i * entrySize) + 4) == SectionSymbolTable);
    }

    private static long Align(long size) => (size + 3) & ~3L;

    private byte[] Table(long offset, int entrySize, int count, int minimumEntrySize)
    {
        if (count == 0)
        {
            return [];
        }

        if (entrySize < minimumEntrySize)
        {
            throw Invalid($"it declares {count} headers of {entrySize} bytes");
        }

        return Block(offset, (long)entrySize * count);
    }

    private byte[] Block(long offset, long size)
    {
        if (offset < 0 || size < 0 || offset > _stream.Length - size)
        {
            throw Invalid($"{size} bytes at offset {offset} were expected in a file of {_stream.Length} bytes");
        }

        _bytesRead += size;
        if (_bytesRead > MaxBytes)
        {
            throw Invalid($"its headers and notes have more than {MaxBytes} bytes");
        }

        byte[] block = new byte[size];
        _stream.Position = offset;
        _stream.ReadExactly(block);
        return block;
    }

    private static ushort U16(byte[] block, int at) => BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(at));

    private static uint U32(byte[] block, int at) => BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(at));

    private long Word(byte[] block, int at) =>
        _is64 ? BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(at)) : U32(block, at);

    private EdgeException Invalid(string seen) => new(DiagnosticCodes.InvalidElf, _name, seen);
}
