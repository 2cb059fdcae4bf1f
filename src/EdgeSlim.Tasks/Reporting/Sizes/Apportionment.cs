namespace EdgeSlim.Reporting.Sizes;

/// <summary>Divides a sum so that the parts add up to it to the byte. Pure.</summary>
internal static class Apportionment
{
    /// <summary>Divides a sum in proportion to weights.</summary>
    /// <param name="total">The sum.</param>
    /// <param name="weights">The weights, none of them negative.</param>
    /// <returns>The parts; all of them 0 where the weights are.</returns>
    public static long[] Divide(long total, IReadOnlyList<long> weights)
    {
        long[] parts = new long[weights.Count];
        Int128 sum = 0;
        foreach (long weight in weights)
        {
            sum += weight;
        }

        if (sum == 0)
        {
            return parts;
        }

        // Each part is what lies between two marks on the line of all of them, so that rounding never adds up.
        Int128 seen = 0;
        long mark = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            seen += weights[i];
            long next = (long)(seen * total / sum);
            parts[i] = next - mark;
            mark = next;
        }

        return parts;
    }
}
