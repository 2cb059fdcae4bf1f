using System.Buffers.Binary;

namespace EdgeSlim.Oci.Deflate;

/// <summary>Puts bits into bytes, the low ones first.</summary>
/// <param name="output">Where the bytes go.</param>
internal sealed class BitWriter(Stream output)
{
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _used;
    private ulong _bits;
    private int _bitCount;

    /// <summary>Writes bits.</summary>
    /// <param name="bits">The bits; those above the count are zero.</param>
    /// <param name="count">How many, up to 32.</param>
    public void Write(uint bits, int count)
    {
        _bits |= (ulong)bits << _bitCount;
        _bitCount += count;
        if (_bitCount >= 32)
        {
            Reserve(4);
            BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_used), (uint)_bits);
            _used += 4;
            _bits >>= 32;
            _bitCount -= 32;
        }
    }

    /// <summary>Fills the last byte up with zeros.</summary>
    public void Align()
    {
        Reserve(4);
        for (; _bitCount > 0; _bitCount -= 8)
        {
            _buffer[_used++] = (byte)_bits;
            _bits >>= 8;
        }

        _bits = 0;
        _bitCount = 0;
    }

    /// <summary>Writes whole bytes, behind <see cref="Align"/>.</summary>
    /// <param name="bytes">The bytes.</param>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Flush();
        output.Write(bytes);
    }

    /// <summary>Hands on the bytes that are whole.</summary>
    public void Flush()
    {
        output.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    private void Reserve(int count)
    {
        if (_used + count > _buffer.Length)
        {
            Flush();
        }
    }
}
