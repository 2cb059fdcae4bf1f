using System.Numerics;

namespace EdgeSlim.Oci.Deflate;

/// <summary>What RFC 1951 lays down: alphabets, limits, and which lengths and distances share a symbol.</summary>
internal static class DeflateFormat
{
    public const int WindowSize = 1 << 15;
    public const int MinMatch = 3;
    public const int MaxMatch = 258;
    public const int EndOfBlock = 256;
    public const int FirstLengthSymbol = 257;
    // The last two never occur, but the fixed code has places for them.
    public const int LiteralSymbols = 288;
    public const int DistanceSymbols = 30;
    public const int MaxCodeLength = 15;
    public const int MaxStoredLength = 0xFFFF;

    public static ReadOnlySpan<byte> LengthExtraBits =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    public static ReadOnlySpan<byte> DistanceExtraBits =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    public static readonly int[] LengthBase = Bases(LengthExtraBits, MinMatch);

    public static readonly int[] DistanceBase = Bases(DistanceExtraBits, 1);

    /// <summary>The slot of a match length: its symbol, less <see cref="FirstLengthSymbol"/>.</summary>
    /// <param name="length">The length, from 3 to 258.</param>
    /// <returns>The slot.</returns>
    public static int LengthSlot(int length)
    {
        // Four slots for each power of two, by the two bits below the highest one.
        uint index = (uint)(length - MinMatch);
        int power = BitOperations.Log2(index);
        return length == MaxMatch ? LengthExtraBits.Length - 1
            : index < 4 ? (int)index
            : (4 * (power - 1)) + (int)((index >> (power - 2)) & 3);
    }

    /// <summary>The symbol of a distance.</summary>
    /// <param name="distance">The distance, from 1 to the window's size.</param>
    /// <returns>The symbol.</returns>
    public static int DistanceSlot(int distance)
    {
        // Two slots for each power of two, by the bit below the highest one.
        uint index = (uint)(distance - 1);
        int power = BitOperations.Log2(index);
        return index < 2 ? (int)index : (2 * power) + (int)((index >> (power - 1)) & 1);
    }

    private static int[] Bases(ReadOnlySpan<byte> extraBits, int first)
    {
        int[] bases = new int[extraBits.Length];
        int next = first;
        for (int i = 0; i < bases.Length; i++)
        {
            bases[i] = next;
            next += 1 << extraBits[i];
        }

        // 258 has a symbol of its own, although 227 and five extra bits could say it.
        if (first == MinMatch)
        {
            bases[^1] = MaxMatch;
        }

        return bases;
    }
}
