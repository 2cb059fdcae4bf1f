using System.Buffers.Binary;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Elf;

/// <summary>
/// The bytes of an ELF file. Every offset and count comes from the file and is held against its length before use, and
/// all that is read counts against a limit, since a hostile file can name one large block again and again.
/// </summary>
internal sealed class ElfInput
{
    // Reading is work as well: a chain of tiny entries can be as long as the file.
    private const int ReadCost = 64;

    private readonly Stream _stream;
    private readonly string _name;
    private readonly long _limit;
    private long _taken;

    /// <exception cref="EdgeException">It is neither of 32 nor of 64 bits, not little-endian, or cut off.</exception>
    public ElfInput(Stream stream, string name, long limit)
    {
        _stream = stream;
        _name = name;
        _limit = limit;
        byte[] identification = Block(0, 16);
        Is64 = identification[4] switch
        {
            1 => false,
            2 => true,
            byte other => throw Invalid($"its class is {other}, neither 32 nor 64 bits"),
        };
        if (identification[5] != 1)
        {
            throw Invalid("it is not little-endian");
        }
    }

    public bool Is64 { get; }

    public static ushort U16(byte[] block, int at) => BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(at));

    public static uint U32(byte[] block, int at) => BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(at));

    /// <summary>An address, offset or size: 4 or 8 bytes.</summary>
    public long Word(byte[] block, int at) =>
        Is64 ? BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(at)) : U32(block, at);

    public byte[] Table(long offset, long entrySize, long count, int minimumEntrySize)
    {
        if (count == 0)
        {
            return [];
        }

        // Each is a number of the file; the product of the two must not overflow.
        if (entrySize < minimumEntrySize || count < 0 || count > _stream.Length / entrySize)
        {
            throw Invalid($"it declares {count} entries of {entrySize} bytes");
        }

        return Block(offset, entrySize * count);
    }

    public byte[] Block(long offset, long size)
    {
        if (offset < 0 || size < 0 || offset > _stream.Length - size)
        {
            throw Invalid($"{size} bytes at offset {offset} were expected in a file of {_stream.Length} bytes");
        }

        Charge(Math.Max(size, ReadCost));
        byte[] block = new byte[size];
        _stream.Position = offset;
        _stream.ReadExactly(block);
        return block;
    }

    /// <summary>Counts bytes that are kept in memory.</summary>
    public void Charge(long bytes)
    {
        _taken += bytes;
        if (_taken > _limit)
        {
            throw Invalid($"its headers and tables have more than {_limit} bytes");
        }
    }

    public EdgeException Invalid(string seen) => new(DiagnosticCodes.InvalidElf, _name, seen);
}
