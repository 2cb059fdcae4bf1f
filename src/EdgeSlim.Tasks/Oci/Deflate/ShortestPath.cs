using System.Runtime.CompilerServices;

namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// Finds the cheapest way through a stretch of input, given what each step costs in each block. It goes from the end to
/// the beginning: what the rest costs from every later position is then known, and one look at each match is enough.
/// </summary>
internal static class ShortestPath
{
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
                int best = costs[here + 1] + literals[data[position]];
                uint step = Step.Literal;
                int count = (int)entries[--cached];
                cached -= count;
                if (count > 0)
                {
                    int length = DeflateFormat.MinMatch;
                    foreach (uint match in entries.AsSpan(cached, count))
                    {
                        int distanceCost = distances[(match >> Step.SlotShift) & Step.SlotMask];
                        int longest = Math.Min((int)(match & Step.LengthMask), end - position);
                        for (; length <= longest; length++)
                        {
                            int cost = distanceCost + lengths[length] + costs[here + length];
                            if (cost < best)
                            {
                                best = cost;
                                step = (match & ~Step.LengthMask) | (uint)length;
                            }
                        }
                    }
                }

                costs[here] = best;
                path[position] = step;
            }
        }
    }
}
