using System.Buffers.Binary;

namespace EdgeSlim.Oci.Deflate;

/// <summary>The checksum of RFC 1952, eight bytes at a time.</summary>
internal sealed class Crc32
{
    private const uint Polynomial = 0xEDB8_8320;
    private static readonly uint[][] Tables = MakeTables();
    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> data)
    {
        uint state = _state;
        uint[][] tables = Tables;
        while (data.Length >= 8)
        {
            ulong next = BinaryPrimitives.ReadUInt64LittleEndian(data) ^ state;
            state = tables[7][(byte)next]
                ^ tables[6][(byte)(next >> 8)]
                ^ tables[5][(byte)(next >> 16)]
                ^ tables[4][(byte)(next >> 24)]
                ^ tables[3][(byte)(next >> 32)]
                ^ tables[2][(byte)(next >> 40)]
                ^ tables[1][(byte)(next >> 48)]
                ^ tables[0][(byte)(next >> 56)];
            data = data[8..];
        }

        foreach (byte b in data)
        {
            state = tables[0][(byte)(state ^ b)] ^ (state >> 8);
        }

        _state = state;
    }

    // Table k holds what a byte has become once k more bytes of zero have followed it.
    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ ((value & 1) * Polynomial);
            }

            tables[0][i] = value;
        }

        for (int k = 1; k < tables.Length; k++)
        {
            for (int i = 0; i < 256; i++)
            {
                uint before = tables[k - 1][i];
                tables[k][i] = tables[0][(byte)before] ^ (before >> 8);
            }
        }

        return tables;
    }
}
