namespace EdgeSlim.Oci.Deflate;

/// <summary>Builds prefix codes of the least total length, none longer than a limit.</summary>
internal static class HuffmanCode
{
    /// <summary>Finds the lengths of the codes.</summary>
    /// <param name="frequencies">How often each symbol occurs.</param>
    /// <param name="limit">The longest code.</param>
    /// <param name="lengths">Gets the length of each symbol's code; 0 for one that does not occur.</param>
    public static void BuildLengths(ReadOnlySpan<int> frequencies, int limit, Span<byte> lengths)
    {
        lengths.Clear();
        Span<long> leaves = stackalloc long[frequencies.Length];
        int count = 0;
        for (int symbol = 0; symbol < frequencies.Length; symbol++)
        {
            if (frequencies[symbol] > 0)
            {
                // With the symbol in the low bits no two are equal, and any way of sorting gives one order.
                leaves[count++] = ((long)frequencies[symbol] << 16) | (uint)symbol;
            }
        }

        leaves = leaves[..count];
        leaves.Sort();
        if (count <= 1)
        {
            foreach (long leaf in leaves)
            {
                lengths[(ushort)leaf] = 1;
            }

            return;
        }

        if (!TryWithoutLimit(leaves, limit, lengths))
        {
            lengths.Clear();
            PackageMerge(leaves, limit, lengths);
        }
    }

    /// <summary>Gives out the codes that RFC 1951 prescribes for some lengths.</summary>
    /// <param name="lengths">The lengths.</param>
    /// <param name="codes">Gets the codes, their bits turned round, as they are written.</param>
    public static void AssignCodes(ReadOnlySpan<byte> lengths, Span<ushort> codes)
    {
        Span<int> next = stackalloc int[DeflateFormat.MaxCodeLength + 2];
        next.Clear();
        foreach (byte length in lengths)
        {
            next[length + 1] += length > 0 ? 1 : 0;
        }

        int code = 0;
        for (int length = 1; length <= DeflateFormat.MaxCodeLength; length++)
        {
            code = (code + next[length]) << 1;
            next[length] = code;
        }

        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            codes[symbol] = lengths[symbol] == 0 ? (ushort)0 : Reverse(next[lengths[symbol]]++, lengths[symbol]);
        }
    }

    /// <summary>Huffman's own way, in which the two rarest become one until one is left. Seldom does it need a limit.</summary>
    private static bool TryWithoutLimit(ReadOnlySpan<long> leaves, int limit, Span<byte> lengths)
    {
        // Nodes come to be in the order of their weight: the next rarest is the first leaf or the first node left.
        Span<long> weights = stackalloc long[leaves.Length - 1];
        Span<int> leafParents = stackalloc int[leaves.Length];
        Span<int> parents = stackalloc int[leaves.Length - 1];
        int leaf = 0;
        int node = 0;
        for (int made = 0; made < weights.Length; made++)
        {
            weights[made] = 0;
            for (int child = 0; child < 2; child++)
            {
                if (leaf < leaves.Length && (node == made || leaves[leaf] >> 16 <= weights[node]))
                {
                    weights[made] += leaves[leaf] >> 16;
                    leafParents[leaf++] = made;
                }
                else
                {
                    weights[made] += weights[node];
                    parents[node++] = made;
                }
            }
        }

        // From the root down, a parent's depth is known before its children's. The weights are not needed any more.
        Span<long> depths = weights;
        depths[^1] = 0;
        for (int i = depths.Length - 2; i >= 0; i--)
        {
            depths[i] = depths[parents[i]] + 1;
        }

        for (int i = 0; i < leaves.Length; i++)
        {
            long depth = depths[leafParents[i]] + 1;
            if (depth > limit)
            {
                return false;
            }

            lengths[(ushort)leaves[i]] = (byte)depth;
        }

        return true;
    }

    private static void PackageMerge(ReadOnlySpan<long> leaves, int limit, Span<byte> lengths)
    {
        // Row by row, the leaves are merged with the pairs of the row before. Of each row it is enough to know what is a
        // leaf: the leaves taken from it are always its first ones.
        int width = 2 * leaves.Length;
        Span<bool> isLeaf = stackalloc bool[width * limit];
        Span<long> previous = stackalloc long[width];
        Span<long> current = stackalloc long[width];
        int previousCount = 0;
        for (int row = 0; row < limit; row++)
        {
            Span<bool> rowIsLeaf = isLeaf.Slice(row * width, width);
            int leaf = 0;
            int pair = 0;
            int merged = 0;
            while (leaf < leaves.Length || pair + 1 < previousCount)
            {
                long pairWeight = pair + 1 < previousCount ? previous[pair] + previous[pair + 1] : long.MaxValue;
                bool takesLeaf = leaf < leaves.Length && leaves[leaf] >> 16 <= pairWeight;
                rowIsLeaf[merged] = takesLeaf;
                current[merged++] = takesLeaf ? leaves[leaf++] >> 16 : pairWeight;
                pair += takesLeaf ? 0 : 2;
            }

            Span<long> swap = previous;
            previous = current;
            current = swap;
            previousCount = merged;
        }

        int taken = (2 * leaves.Length) - 2;
        for (int row = limit - 1; row >= 0 && taken > 0; row--)
        {
            int takenLeaves = isLeaf.Slice(row * width, taken).Count(true);
            foreach (long leaf in leaves[..takenLeaves])
            {
                lengths[(ushort)leaf]++;
            }

            taken = 2 * (taken - takenLeaves);
        }
    }

    private static ushort Reverse(int code, int length)
    {
        int reversed = 0;
        for (int i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return (ushort)reversed;
    }
}
