namespace EdgeSlim.Bench.Measuring;

/// <summary>What was measured of one thing, as often as it was.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    /// <summary>How often it was measured.</summary>
    public int Count => _values.Count;

    /// <summary>The value in the middle; of an even number of them the mean of the two in the middle.</summary>
    public double Median
    {
        get
        {
            double[] sorted = [.. _values.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public double Least => _values.Min();

    public double Most => _values.Max();

    public void Add(double value) => _values.Add(value);

    /// <summary>
    /// Round by round against the better of others, since the machine is not equally busy all the time.
    /// </summary>
    /// <param name="others">The others, which were measured in the same rounds.</param>
    /// <returns>The ratios.</returns>
    public Samples RatioToBetter(IReadOnlyList<Samples> others)
    {
        Samples ratios = new();
        for (int i = 0; i < Math.Min(Count, others.Min(o => o.Count)); i++)
        {
            ratios.Add(_values[i] / others.Min(o => o._values[i]));
        }

        return ratios;
    }
}
