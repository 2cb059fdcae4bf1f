namespace EdgeSlim.Oci.Deflate;

/// <summary>The code of a block, and how many bits the block takes with it.</summary>
internal sealed class BlockCode
{
    // How far, in 1/64 bit, the ideal lengths of neighbours may be apart for them to get one and the same length: what
    // that loses in the block may be less than what it saves in the head.
    private static readonly int[] Tolerances = [0, FixedPoint.One / 2, FixedPoint.One, FixedPoint.One * 3 / 2];

    private readonly CodeLengths? _head;

    private BlockCode(byte[] literalLengths, byte[] distanceLengths, CodeLengths? head, BlockHistogram histogram)
    {
        LiteralLengths = literalLengths;
        DistanceLengths = distanceLengths;
        _head = head;
        Bits = 3 + (head?.Bits ?? 0) + histogram.ExtraBits();
        for (int symbol = 0; symbol < literalLengths.Length; symbol++)
        {
            Bits += (long)histogram.Literals[symbol] * literalLengths[symbol];
        }

        for (int symbol = 0; symbol < distanceLengths.Length; symbol++)
        {
            Bits += (long)histogram.Distances[symbol] * distanceLengths[symbol];
        }
    }

    public byte[] LiteralLengths { get; }

    public byte[] DistanceLengths { get; }

    /// <summary>The size of the block, from its first bit to its last.</summary>
    public long Bits { get; }

    /// <summary>Finds the code with which a block is the smallest.</summary>
    /// <param name="histogram">What the block is made of.</param>
    /// <returns>The code.</returns>
    public static BlockCode Best(BlockHistogram histogram)
    {
        BlockCode best = Fixed(histogram);
        foreach (int tolerance in Tolerances)
        {
            BlockCode code = Own(histogram, tolerance);
            best = code.Bits < best.Bits ? code : best;
        }

        return best;
    }

    /// <summary>Writes the block.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="isLast">Whether it is the last of the file.</param>
    /// <param name="data">The input.</param>
    /// <param name="path">The step at each position.</param>
    /// <param name="start">Where the block begins.</param>
    /// <param name="end">Where it ends.</param>
    public void Write(BitWriter output, bool isLast, byte[] data, uint[] path, int start, int end)
    {
        output.Write(isLast ? 1u : 0, 1);
        output.Write(_head is null ? 1u : 2, 2);
        _head?.Write(output);
        Span<ushort> literals = stackalloc ushort[DeflateFormat.LiteralSymbols];
        Span<ushort> distances = stackalloc ushort[DeflateFormat.DistanceSymbols];
        HuffmanCode.AssignCodes(LiteralLengths, literals);
        HuffmanCode.AssignCodes(DistanceLengths, distances);
        for (int position = start; position < end;)
        {
            Step step = new(path[position]);
            if (step.IsLiteral)
            {
                output.Write(literals[data[position]], LiteralLengths[data[position]]);
                position++;
                continue;
            }

            int lengthSlot = DeflateFormat.LengthSlot(step.Length);
            int symbol = DeflateFormat.FirstLengthSymbol + lengthSlot;
            output.Write(literals[symbol], LiteralLengths[symbol]);
            output.Write((uint)(step.Length - DeflateFormat.LengthBase[lengthSlot]), DeflateFormat.LengthExtraBits[lengthSlot]);
            int slot = step.DistanceSlot;
            output.Write(distances[slot], DistanceLengths[slot]);
            output.Write((uint)(step.Distance - DeflateFormat.DistanceBase[slot]), DeflateFormat.DistanceExtraBits[slot]);
            position += step.Length;
        }

        output.Write(literals[DeflateFormat.EndOfBlock], LiteralLengths[DeflateFormat.EndOfBlock]);
    }

    private static BlockCode Fixed(BlockHistogram histogram)
    {
        byte[] literals = new byte[DeflateFormat.LiteralSymbols];
        literals.AsSpan(..144).Fill(8);
        literals.AsSpan(144..256).Fill(9);
        literals.AsSpan(256..280).Fill(7);
        literals.AsSpan(280..).Fill(8);
        byte[] distances = new byte[DeflateFormat.DistanceSymbols];
        distances.AsSpan().Fill(5);
        return new BlockCode(literals, distances, null, histogram);
    }

    private static BlockCode Own(BlockHistogram histogram, int tolerance)
    {
        byte[] literals = Lengths(histogram.Literals, tolerance);
        byte[] distances = Lengths(histogram.Distances, tolerance);
        return new BlockCode(literals, distances, new CodeLengths(literals, distances), histogram);
    }

    private static byte[] Lengths(int[] counts, int tolerance)
    {
        Span<int> smooth = stackalloc int[counts.Length];
        counts.CopyTo(smooth);

        // At least two, for a code of one symbol is not whole, and not every reader takes it.
        for (int symbol = 0; smooth.Count(0) > smooth.Length - 2; symbol++)
        {
            smooth[symbol] = Math.Max(smooth[symbol], 1);
        }

        if (tolerance > 0)
        {
            Smooth(smooth, tolerance);
        }

        byte[] lengths = new byte[counts.Length];
        HuffmanCode.BuildLengths(smooth, DeflateFormat.MaxCodeLength, lengths);
        return lengths;
    }

    private static void Smooth(Span<int> counts, int tolerance)
    {
        const int ShortestRun = 4;
        for (int start = 0; start < counts.Length;)
        {
            int end = start;
            int least = int.MaxValue;
            int most = 0;
            long sum = 0;
            while (end < counts.Length && counts[end] > 0)
            {
                int log = FixedPoint.Log2(counts[end]);
                least = Math.Min(least, log);
                most = Math.Max(most, log);
                if (most - least > tolerance)
                {
                    break;
                }

                sum += counts[end++];
            }

            if (end - start >= ShortestRun)
            {
                counts[start..end].Fill((int)Math.Max(1, (sum + ((end - start) / 2)) / (end - start)));
            }

            start = Math.Max(end, start + 1);
        }
    }
}
