using System.Buffers.Binary;
using System.Text;

namespace EdgeSlim.Bases.Icu;

/// <summary>
/// The list of the locales that a part of ICU's data has (<c>res_index.res</c>): a resource bundle (<c>uresdata.h</c>) whose
/// root holds tables with the locales as keys.
/// </summary>
public sealed class IcuLocaleIndex
{
    private const uint Table = 2;
    private const uint Table16 = 5;
    private const int KeysTop = 1;
    private const int MaxTables = 16;

    private readonly byte[] _bytes;
    private readonly int _start;

    /// <summary>Reads an index.</summary>
    /// <param name="content">The item.</param>
    public IcuLocaleIndex(ReadOnlyMemory<byte> content)
    {
        _bytes = content.ToArray();
        _start = U16(0);
    }

    /// <summary>The locales, by the tables that they stand in; aliases are in one of their own.</summary>
    /// <returns>The locales.</returns>
    /// <exception cref="InvalidDataException">It is of an unknown form.</exception>
    public IReadOnlyList<string> Locales() => Guard(() =>
        Tables().SelectMany(t => Enumerable.Range(0, U16(t)).Select(i => Key(t, i))).ToArray());

    /// <summary>The same index with fewer locales. The tables shrink where they are, so that nothing else moves.</summary>
    /// <param name="keep">Which locales stay.</param>
    /// <returns>The item.</returns>
    /// <exception cref="InvalidDataException">It is of an unknown form.</exception>
    public ReadOnlyMemory<byte> Keep(Func<string, bool> keep) => Guard<ReadOnlyMemory<byte>>(() =>
    {
        byte[] result = [.. _bytes];
        foreach (int table in Tables())
        {
            int count = U16(table);
            int[] kept = [.. Enumerable.Range(0, count).Where(i => keep(Key(table, i)))];
            Span<byte> to = result.AsSpan(table, 2 + (4 * count));
            to.Clear();
            BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)kept.Length);
            for (int i = 0; i < kept.Length; i++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(to[(2 + (2 * i))..], U16(table + 2 + (2 * kept[i])));
                BinaryPrimitives.WriteUInt16LittleEndian(
                    to[(2 + (2 * (kept.Length + i)))..], U16(table + 2 + (2 * (count + kept[i]))));
            }
        }

        return result;
    });

    /// <summary>Where the tables of locales are: a count, so many keys, so many values of 16 bits each.</summary>
    private List<int> Tables()
    {
        uint root = U32(_start);
        if (root >> 28 != Table)
        {
            throw new InvalidDataException($"its list of locales is of type {root >> 28}");
        }

        int at = _start + (4 * (int)(root & 0xFFFFFFF));
        int count = U16(at);
        if (count > MaxTables)
        {
            throw new InvalidDataException($"its list of locales has {count} parts");
        }

        int values = at + 2 + (2 * count);
        values += (4 - ((values - _start) % 4)) % 4;

        // The values of 16 bits begin where the keys end.
        int units = _start + (4 * (int)U32(_start + 4 + (4 * KeysTop)));
        List<int> tables = [];
        for (int i = 0; i < count; i++)
        {
            uint value = U32(values + (4 * i));
            if (value >> 28 == Table16)
            {
                tables.Add(units + (2 * (int)(value & 0xFFFFFFF)));
            }
        }

        return tables.Count > 0 ? tables : throw new InvalidDataException("its list of locales has no table");
    }

    private string Key(int table, int index)
    {
        int at = _start + U16(table + 2 + (2 * index));
        return Encoding.ASCII.GetString(_bytes, at, Array.IndexOf(_bytes, (byte)0, at) - at);
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at));

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException("its list of locales leads outside of itself");
        }
    }
}
