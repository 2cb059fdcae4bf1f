using System.Buffers;
using System.Runtime.CompilerServices;

namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// Decides where blocks end. Of all ways to cut the input at some places it finds the one that is the smallest by the
/// entropy of each block, with a head for each. The places are a coarse grid at first, and then a fine one around each
/// end that was found on the coarse one.
/// </summary>
internal sealed class BlockSplitter : IDisposable
{
    private const int CoarseGrid = 1024;
    private const int FineGrid = 128;
    private const int FineReach = 8 * FineGrid;

    // What a block's head takes, about.
    private const int HeadCost = 130 * FixedPoint.One;
    private const int HeadCostPerSymbol = 3 * FixedPoint.One;

    private const int MostCandidates = 128;

    // Where a block would begin so badly that it saves no more than this over ending it here, it is not looked at again.
    // With 0 nothing would be lost at all, but where everything is alike it would take much longer.
    private const int Margin = 100 * FixedPoint.One;

    private readonly StepCounts _counts = new();
    private readonly Candidate[] _candidates = new Candidate[MostCandidates];

    // A histogram for each candidate.
    private readonly int[] _rows = ArrayPool<int>.Shared.Rent(MostCandidates * StepCounts.Symbols);

    public BlockSplitter()
    {
        for (int i = 0; i < MostCandidates; i++)
        {
            _candidates[i].Row = i * StepCounts.Symbols;
        }
    }

    /// <summary>Cuts a stretch of input into blocks.</summary>
    /// <param name="data">The input.</param>
    /// <param name="path">The step at each position.</param>
    /// <param name="blocks">The blocks it is cut into so far; gets the new ones.</param>
    public void Split(byte[] data, uint[] path, List<Block> blocks)
    {
        _counts.Count(data, path, blocks[0].Start, Places(blocks));
        int[] firsts = CheapestFirsts();
        blocks.Clear();
        for (int to = _counts.Units; to > 0; to = firsts[to])
        {
            blocks.Add(new Block { Start = _counts.Place(firsts[to]), End = _counts.Place(to) });
        }

        blocks.Reverse();
    }

    public void Dispose() => ArrayPool<int>.Shared.Return(_rows);

    private static List<int> Places(List<Block> blocks)
    {
        int end = blocks[^1].End;
        List<int> places = [];
        if (blocks.Count == 1)
        {
            for (int place = blocks[0].Start + CoarseGrid; place < end; place += CoarseGrid)
            {
                places.Add(place);
            }
        }

        foreach (Block block in blocks[1..])
        {
            // Where two ends are near each other, the second only adds what lies behind the reach of the first.
            int reached = places.Count > 0 ? places[^1] : blocks[0].Start;
            for (int place = block.Start - FineReach; place <= block.Start + FineReach; place += FineGrid)
            {
                if (place > reached && place < end)
                {
                    places.Add(place);
                }
            }
        }

        places.Add(end);
        return places;
    }

    /// <summary>Finds, for each place, where the block that ends there begins when everything before it is cheapest.</summary>
    private int[] CheapestFirsts()
    {
        long[] costs = new long[_counts.Units + 1];
        int[] firsts = new int[_counts.Units + 1];
        int count = 0;
        for (int to = 1; to <= _counts.Units; to++)
        {
            count = AddCandidate(count, to - 1);
            costs[to] = long.MaxValue;
            foreach (ref Candidate candidate in _candidates.AsSpan(0, count))
            {
                Extend(ref candidate, _rows.AsSpan(candidate.Row, StepCounts.Symbols), _counts.Counts(to - 1));
                long cost = costs[candidate.First] + candidate.Entropy + HeadCost + (candidate.Symbols * HeadCostPerSymbol);
                if (cost < costs[to])
                {
                    costs[to] = cost;
                    firsts[to] = candidate.First;
                }
            }

            count = KeepPromising(count, costs, costs[to]);
        }

        return firsts;
    }

    private int AddCandidate(int count, int first)
    {
        if (count == MostCandidates)
        {
            Candidate oldest = _candidates[0];
            _candidates.AsSpan(1).CopyTo(_candidates);
            _candidates[--count] = oldest;
        }

        int row = _candidates[count].Row;
        _rows.AsSpan(row, StepCounts.Symbols).Clear();
        _candidates[count] = new Candidate { First = first, Row = row };
        return count + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Extend(
        ref Candidate candidate, Span<int> row, ReadOnlySpan<StepCounts.SymbolCount> counts)
    {
        foreach (StepCounts.SymbolCount next in counts)
        {
            int before = row[next.Symbol];
            int after = before + next.Count;
            row[next.Symbol] = after;
            candidate.Saved += FixedPoint.TimesLog2(after) - FixedPoint.TimesLog2(before);
            candidate.Symbols += before == 0 ? 1 : 0;
            if (next.Symbol < DeflateFormat.LiteralSymbols)
            {
                candidate.LiteralTotal += next.Count;
            }
            else
            {
                candidate.DistanceTotal += next.Count;
            }
        }

        candidate.Entropy = FixedPoint.TimesLog2(candidate.LiteralTotal)
            + FixedPoint.TimesLog2(candidate.DistanceTotal)
            - candidate.Saved;
    }

    /// <summary>
    /// Drops the candidates that cannot become the best any more. Two blocks never have more entropy than the one that
    /// they make up; so if it is cheaper to end a block here, it stays cheaper, whatever follows.
    /// </summary>
    private int KeepPromising(int count, long[] costs, long best)
    {
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            if (costs[_candidates[i].First] + _candidates[i].Entropy + Margin < best)
            {
                // Changing places, for the rows belong to the candidates.
                (_candidates[kept], _candidates[i]) = (_candidates[i], _candidates[kept]);
                kept++;
            }
        }

        return kept;
    }

    /// <summary>A place where the block may begin, and what it would be made of up to here.</summary>
    private struct Candidate
    {
        public int First;
        public int Row;
        public int LiteralTotal;
        public int DistanceTotal;
        public int Symbols;
        public int Saved;
        public int Entropy;
    }
}
