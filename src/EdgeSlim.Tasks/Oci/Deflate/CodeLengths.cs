namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// The head of a block that has a code of its own: the lengths of that code, written in a small code themselves, with
/// runs of equal lengths taken together. The cheapest way of taking them together depends on the small code and the other
/// way round, so both are found in turns.
/// </summary>
internal sealed class CodeLengths
{
    private const int Symbols = 19;
    private const int Limit = 7;
    private const int Turns = 3;

    // A run is worth cutting short only so that what is left is long enough for a run as well.
    private const int MostLeft = 3;
    private const int Repeat = 16;
    private const int FewZeros = 17;
    private const int ManyZeros = 18;

    private static readonly byte[] Order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    private static readonly byte[] ExtraBits = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7];
    private static readonly int[] ShortestRun = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 11];
    private static readonly int[] LongestRun = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6, 10, 138];

    private readonly byte[] _all;
    private readonly int _literalCount;
    private byte[] _lengths = new byte[Symbols];
    private byte[] _symbols = [];
    private byte[] _runs = [];

    /// <summary>Finds the shortest head.</summary>
    /// <param name="literalLengths">The lengths of the codes of literals and match lengths.</param>
    /// <param name="distanceLengths">The lengths of the codes of distances.</param>
    public CodeLengths(ReadOnlySpan<byte> literalLengths, ReadOnlySpan<byte> distanceLengths)
    {
        _literalCount = Math.Max(literalLengths.LastIndexOfAnyExcept((byte)0) + 1, DeflateFormat.FirstLengthSymbol);
        int distanceCount = Math.Max(distanceLengths.LastIndexOfAnyExcept((byte)0) + 1, 1);
        _all = [.. literalLengths[.._literalCount], .. distanceLengths[..distanceCount]];
        Bits = long.MaxValue;
        Span<int> costs = stackalloc int[Symbols];
        costs.Fill(4);
        for (int turn = 0; turn < Turns && TryRuns(costs); turn++)
        {
            for (int symbol = 0; symbol < Symbols; symbol++)
            {
                costs[symbol] = _lengths[symbol] > 0 ? _lengths[symbol] : Limit;
            }
        }
    }

    /// <summary>How many bits the head takes.</summary>
    public long Bits { get; private set; }

    /// <summary>Writes the head.</summary>
    /// <param name="output">Where to.</param>
    public void Write(BitWriter output)
    {
        int written = WrittenLengths(_lengths);
        output.Write((uint)(_literalCount - DeflateFormat.FirstLengthSymbol), 5);
        output.Write((uint)(_all.Length - _literalCount - 1), 5);
        output.Write((uint)(written - 4), 4);
        foreach (byte symbol in Order.AsSpan(0, written))
        {
            output.Write(_lengths[symbol], 3);
        }

        Span<ushort> codes = stackalloc ushort[Symbols];
        HuffmanCode.AssignCodes(_lengths, codes);
        for (int i = 0; i < _symbols.Length; i++)
        {
            byte symbol = _symbols[i];
            output.Write(codes[symbol], _lengths[symbol]);
            output.Write((uint)(_runs[i] - ShortestRun[symbol]), ExtraBits[symbol]);
        }
    }

    private static int WrittenLengths(ReadOnlySpan<byte> lengths)
    {
        int written = Symbols;
        while (written > 4 && lengths[Order[written - 1]] == 0)
        {
            written--;
        }

        return written;
    }

    /// <summary>Takes the lengths together under some costs; keeps the result if it is shorter than the last one.</summary>
    private bool TryRuns(ReadOnlySpan<int> symbolCosts)
    {
        int count = _all.Length;
        Span<int> costs = stackalloc int[count + 1];
        Span<byte> steps = stackalloc byte[count];
        Span<byte> runs = stackalloc byte[count];
        costs[count] = 0;
        int equal = 0;
        for (int i = count - 1; i >= 0; i--)
        {
            byte length = _all[i];
            equal = i + 1 < count && _all[i + 1] == length ? equal + 1 : 1;
            steps[i] = length;
            runs[i] = 1;
            costs[i] = symbolCosts[length] + costs[i + 1];
            if (length == 0)
            {
                TryRun(FewZeros, i, equal, symbolCosts, costs, steps, runs);
                TryRun(ManyZeros, i, equal, symbolCosts, costs, steps, runs);
            }

            if (i > 0 && _all[i - 1] == length)
            {
                TryRun(Repeat, i, equal, symbolCosts, costs, steps, runs);
            }
        }

        Span<int> counts = stackalloc int[Symbols];
        counts.Clear();
        int symbols = 0;
        for (int i = 0; i < count; i += runs[i])
        {
            counts[steps[i]]++;
            symbols++;
        }

        // At least two, for a code of one symbol is not whole, and not every reader takes it.
        byte[] lengths = new byte[Symbols];
        for (int symbol = 0; counts.Count(0) > Symbols - 2; symbol++)
        {
            counts[symbol] = Math.Max(counts[symbol], 1);
        }

        HuffmanCode.BuildLengths(counts, Limit, lengths);
        long bits = 5 + 5 + 4 + (3 * WrittenLengths(lengths));
        for (int i = 0; i < count; i += runs[i])
        {
            bits += lengths[steps[i]] + ExtraBits[steps[i]];
        }

        if (bits >= Bits)
        {
            return false;
        }

        Bits = bits;
        _lengths = lengths;
        _symbols = new byte[symbols];
        _runs = new byte[symbols];
        symbols = 0;
        for (int i = 0; i < count; i += runs[i])
        {
            _symbols[symbols] = steps[i];
            _runs[symbols++] = runs[i];
        }

        return true;
    }

    private static void TryRun(
        byte symbol,
        int position,
        int equal,
        ReadOnlySpan<int> symbolCosts,
        Span<int> costs,
        Span<byte> steps,
        Span<byte> runs)
    {
        int longest = Math.Min(equal, LongestRun[symbol]);
        int shortest = Math.Max(ShortestRun[symbol], longest - MostLeft);
        for (int run = longest; run >= shortest; run--)
        {
            int cost = symbolCosts[symbol] + ExtraBits[symbol] + costs[position + run];
            if (cost < costs[position])
            {
                costs[position] = cost;
                steps[position] = symbol;
                runs[position] = (byte)run;
            }
        }
    }
}
