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

    public static readonly byte[] LengthExtraBits =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    public static readonly byte[] DistanceExtraBits =
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    public static readonly int[] LengthBase = Bases(LengthExtraBits, MinMatch);

    public static readonly int[] DistanceBase = Bases(DistanceExtraBits, 1);

    /// <summary>The slot of a match length: its symbol, less <see cref="FirstLengthSymbol"/>.</summary>
    public static readonly byte[] LengthSlot = LengthSlots();

    // Distances up to 256 one by one, the others by their bits above the seventh: no slot changes within.
    private static readonly byte[] NearSlot = [.. Enumerable.Range(0, 257).Select(SearchSlot)];
    private static readonly byte[] FarSlot = [.. Enumerable.Range(0, 256).Select(i => SearchSlot((i << 7) + 1))];

    /// <summary>The symbol of a distance.</summary>
    /// <param name="distance">The distance, from 1 to the window's size.</param>
    /// <returns>The symbol.</returns>
    public static int DistanceSlot(int distance) =>
        distance <= 256 ? NearSlot[distance] : FarSlot[(distance - 1) >> 7];

    private static int[] Bases(byte[] extraBits, int first)
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

    private static byte[] LengthSlots()
    {
        byte[] slots = new byte[MaxMatch + 1];
        for (int slot = 0; slot < LengthBase.Length; slot++)
        {
            slots.AsSpan(LengthBase[slot]).Fill((byte)slot);
        }

        return slots;
    }

    private static byte SearchSlot(int distance)
    {
        int slot = DistanceBase.Length - 1;
        while (slot > 0 && DistanceBase[slot] > distance)
        {
            slot--;
        }

        return (byte)slot;
    }
}
