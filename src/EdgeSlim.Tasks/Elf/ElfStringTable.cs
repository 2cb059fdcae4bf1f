using System.Text;

namespace EdgeSlim.Elf;

/// <summary>
/// A table of names, each ended by a NUL (System V ABI, "String Table"). It is read whole, or, where few of many names are
/// asked for, around each of those.
/// </summary>
internal sealed class ElfStringTable
{
    private const int PieceSize = 1 << 9;

    private readonly ElfInput _input;
    private readonly long _start;
    private readonly long _size;
    private readonly bool _isWhole;
    private byte[] _piece;
    private long _pieceStart;

    /// <summary>A table whose content is known.</summary>
    public ElfStringTable(ElfInput input, byte[] content)
    {
        _input = input;
        _size = content.Length;
        _piece = content;
        _isWhole = true;
    }

    /// <summary>A table in the file, of which few names are asked for.</summary>
    public ElfStringTable(ElfInput input, long start, long size)
    {
        _input = input;
        _start = start;
        _size = size;
        _piece = [];
    }

    public string this[long offset]
    {
        get
        {
            int length = LengthAt(offset);
            if (length < 0)
            {
                throw _input.Invalid($"there is no name at {offset} of a table of {_size} bytes");
            }

            // One long name can stand behind a hundred thousand symbols.
            _input.Charge(length);
            return Encoding.UTF8.GetString(_piece, (int)(offset - _pieceStart), length);
        }
    }

    private int LengthAt(long offset)
    {
        if (offset < 0 || offset >= _size)
        {
            return -1;
        }

        int length = offset >= _pieceStart && offset < _pieceStart + _piece.Length
            ? _piece.AsSpan((int)(offset - _pieceStart)).IndexOf((byte)0)
            : -1;
        long rest = _size - offset;
        for (long size = PieceSize; length < 0 && !_isWhole; size *= 4)
        {
            _piece = _input.Block(_start + offset, Math.Min(size, rest));
            _pieceStart = offset;
            length = _piece.AsSpan().IndexOf((byte)0);
            if (size >= rest)
            {
                break;
            }
        }

        return length;
    }
}
