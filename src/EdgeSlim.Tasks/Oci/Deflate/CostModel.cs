namespace EdgeSlim.Oci.Deflate;

/// <summary>What each step would cost in a block, in 1/64 bit.</summary>
internal sealed class CostModel
{
    // A symbol that the block does not have yet may still turn out to be worth it.
    private const int UnusedPenalty = FixedPoint.One;
    private const int Dearest = DeflateFormat.MaxCodeLength * FixedPoint.One;

    public int[] Literals { get; } = new int[256];

    /// <summary>By match length, extra bits included.</summary>
    public int[] Lengths { get; } = new int[DeflateFormat.MaxMatch + 1];

    /// <summary>By distance slot, extra bits included.</summary>
    public int[] Distances { get; } = new int[1 << 5];

    /// <summary>A guess, before anything is known but the input.</summary>
    /// <param name="input">The input.</param>
    public void Guess(ReadOnlySpan<byte> input)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (byte b in input)
        {
            counts[b]++;
        }

        // One bit more than among literals alone, for matches need codes as well.
        SetEntropy(counts, Literals, FixedPoint.One);
        for (int length = DeflateFormat.MinMatch; length <= DeflateFormat.MaxMatch; length++)
        {
            int slot = DeflateFormat.LengthSlot(length);
            Lengths[length] = (5 * FixedPoint.One) + (slot * FixedPoint.One / 8)
                + (DeflateFormat.LengthExtraBits[slot] << FixedPoint.Shift);
        }

        for (int slot = 0; slot < DeflateFormat.DistanceSymbols; slot++)
        {
            Distances[slot] = (4 + DeflateFormat.DistanceExtraBits[slot]) << FixedPoint.Shift;
        }
    }

    /// <summary>Takes the costs from what a block was made of last time.</summary>
    /// <param name="histogram">How often it had each symbol.</param>
    public void Learn(BlockHistogram histogram)
    {
        Span<int> costs = stackalloc int[DeflateFormat.LiteralSymbols];
        SetEntropy(histogram.Literals, costs, 0);
        costs[..256].CopyTo(Literals);
        SpreadLengths(costs);
        SetEntropy(histogram.Distances, Distances, 0);
        AddDistanceBits();
    }

    /// <summary>Takes the costs from a code.</summary>
    /// <param name="code">The code.</param>
    public void Learn(BlockCode code)
    {
        Span<int> costs = stackalloc int[DeflateFormat.LiteralSymbols];
        SetLengths(code.LiteralLengths, costs);
        costs[..256].CopyTo(Literals);
        SpreadLengths(costs);
        SetLengths(code.DistanceLengths, Distances);
        AddDistanceBits();
    }

    private static void SetEntropy(ReadOnlySpan<int> counts, Span<int> costs, int more)
    {
        int total = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        int logTotal = FixedPoint.Log2(Math.Max(total, 1)) + more;
        for (int i = 0; i < counts.Length; i++)
        {
            int cost = counts[i] > 0 ? logTotal - FixedPoint.Log2(counts[i]) : logTotal + UnusedPenalty;
            costs[i] = Math.Clamp(cost, 1, Dearest);
        }
    }

    private static void SetLengths(ReadOnlySpan<byte> lengths, Span<int> costs)
    {
        int longest = 0;
        foreach (byte length in lengths)
        {
            longest = Math.Max(longest, length);
        }

        for (int i = 0; i < lengths.Length; i++)
        {
            costs[i] = lengths[i] > 0 ? lengths[i] << FixedPoint.Shift : (longest << FixedPoint.Shift) + UnusedPenalty;
        }
    }

    private void SpreadLengths(ReadOnlySpan<int> costs)
    {
        for (int length = DeflateFormat.MinMatch; length <= DeflateFormat.MaxMatch; length++)
        {
            int slot = DeflateFormat.LengthSlot(length);
            Lengths[length] = costs[DeflateFormat.FirstLengthSymbol + slot]
                + (DeflateFormat.LengthExtraBits[slot] << FixedPoint.Shift);
        }
    }

    private void AddDistanceBits()
    {
        for (int slot = 0; slot < DeflateFormat.DistanceSymbols; slot++)
        {
            Distances[slot] += DeflateFormat.DistanceExtraBits[slot] << FixedPoint.Shift;
        }
    }
}
