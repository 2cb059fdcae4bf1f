using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// Finds the cheapest way through a stretch of input, given what each step costs in each block. It goes from the end to
/// the beginning: what the rest costs from every later position is then known, and one look at each match is enough.
/// </summary>
internal static class ShortestPath
{
    private const int CostShift = 32;

    /// <summary>Finds the way.</summary>
    /// <param name="data">The input.</param>
    /// <param name="blocks">The blocks of the stretch. A match may reach into the next one.</param>
    /// <param name="cache">The matches of the stretch.</param>
    /// <param name="costs">Room for as many costs as the stretch is long, and one more.</param>
    /// <param name="path">Gets the step at each position of the input.</param>
    // Run once in a build: there is no time for the just-in-time compiler to find out that it pays.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(byte[] data, List<Block> blocks, MatchCache cache, int[] costs, uint[] path)
    {
        int start = blocks[0].Start;
        int end = blocks[^1].End;
        int cached = cache.Count;
        uint[] entries = cache.Entries;
        costs[end - start] = 0;
        for (int b = blocks.Count - 1; b >= 0; b--)
        {
            int[] literals = blocks[b].Costs.Literals;
            int[] lengths = blocks[b].Costs.Lengths;
            int[] distances = blocks[b].Costs.Distances;
            int blockStart = blocks[b].Start;
            for (int position = blocks[b].End - 1; position >= blockStart; position--)
            {
                int here = position - start;
                long best = Ranked(costs[here + 1] + literals[data[position]], Step.Literal);
                int count = (int)entries[--cached];
                cached -= count;
                int length = DeflateFormat.MinMatch;
                foreach (uint match in entries.AsSpan(cached, count))
                {
                    int ways = Math.Min((int)(match & Step.LengthMask), end - position) + 1 - length;
                    if (ways > 0)
                    {
                        long first = Ranked(distances[(match >> Step.SlotShift) & Step.SlotMask], (match & ~Step.LengthMask) + (uint)length);
                        best = Best(best, first, lengths.AsSpan(length, ways), costs.AsSpan(here + length, ways));
                        length += ways;
                    }
                }

                costs[here] = (int)(best >> CostShift);
                path[position] = (uint)best;
            }
        }
    }
    // Cost above step: the less is the better, without a branch that could be guessed wrongly, and of two that cost the same it
    // is a literal, or the nearer match, or the shorter one.
    private static long Ranked(int cost, uint step) => ((long)cost << CostShift) | step;

    /// <summary>Looks at the lengths of one match.</summary>
    /// <param name="best">The best step so far.</param>
    /// <param name="first">The match at the first of the lengths, with what its distance costs.</param>
    /// <param name="lengths">What each length costs.</param>
    /// <param name="rests">What the rest costs behind each.</param>
    /// <returns>The best step.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Best(long best, long first, ReadOnlySpan<int> lengths, ReadOnlySpan<int> rests)
    {
        int i = 0;
        for (; lengths.Length - i >= Vector<int>.Count; i += Vector<int>.Count)
        {
            // Most of the lengths of a long match are worse than what there is.
            Vector<int> costs = new Vector<int>(lengths[i..]) + new Vector<int>(rests[i..]);
            if (Vector.LessThanAny(costs, new Vector<int>((int)(best >> CostShift) - (int)(first >> CostShift))))
            {
                for (int j = i; j < i + Vector<int>.Count; j++)
                {
                    best = Math.Min(best, first + Ranked(lengths[j] + rests[j], (uint)j));
                }
            }
        }

        for (; i < lengths.Length; i++)
        {
            best = Math.Min(best, first + Ranked(lengths[i] + rests[i], (uint)i));
        }

        return best;
    }
}
