namespace EdgeSlim.Oci.Deflate;

/// <summary>How often a block has each symbol.</summary>
internal sealed class BlockHistogram
{
    public int[] Literals { get; } = new int[DeflateFormat.LiteralSymbols];

    public int[] Distances { get; } = new int[DeflateFormat.DistanceSymbols];

    /// <summary>Counts the steps of a block, and its end.</summary>
    /// <param name="data">The input.</param>
    /// <param name="path">The step at each position.</param>
    /// <param name="start">Where the block begins.</param>
    /// <param name="end">Where the next one begins.</param>
    public void Count(byte[] data, uint[] path, int start, int end)
    {
        Array.Clear(Literals);
        Array.Clear(Distances);
        for (int position = start; position < end;)
        {
            Step step = new(path[position]);
            if (step.IsLiteral)
            {
                Literals[data[position]]++;
            }
            else
            {
                Literals[DeflateFormat.FirstLengthSymbol + DeflateFormat.LengthSlot(step.Length)]++;
                Distances[step.DistanceSlot]++;
            }

            position += step.Length;
        }

        Literals[DeflateFormat.EndOfBlock] = 1;
    }

    /// <summary>The bits that follow the codes of lengths and distances, which no code changes.</summary>
    /// <returns>Their number.</returns>
    public long ExtraBits()
    {
        long bits = 0;
        for (int slot = 0; slot < DeflateFormat.LengthExtraBits.Length; slot++)
        {
            bits += (long)Literals[DeflateFormat.FirstLengthSymbol + slot] * DeflateFormat.LengthExtraBits[slot];
        }

        for (int slot = 0; slot < Distances.Length; slot++)
        {
            bits += (long)Distances[slot] * DeflateFormat.DistanceExtraBits[slot];
        }

        return bits;
    }
}
