namespace EdgeSlim.Bench.Writing;

/// <summary>Bars of the contenders, in groups by application. Pure.</summary>
internal static class BarChart
{
    private const double Left = 16;
    private const double Width = 720;
    private const double Widest = 560;
    private const double Bar = 18;

    /// <summary>Draws it.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="names">The contenders.</param>
    /// <param name="groups">For each application the value of each contender.</param>
    /// <param name="format">How a value is written.</param>
    public static string Of(
        string title, IReadOnlyList<string> names, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> groups, Func<double, string> format)
    {
        double group = 26 + (names.Count * (Bar + 4));
        Chart chart = new(Width, 64 + (groups.Count * group), title);
        chart.Legend(Left, 50, names);
        double most = groups.Max(g => g.Values.Max());
        double y = 70;
        foreach ((string name, IReadOnlyList<double> values) in groups)
        {
            chart.Text(Left, y + 12, name);
            for (int i = 0; i < values.Count; i++)
            {
                double top = y + 18 + (i * (Bar + 4));
                double length = Math.Max(1, values[i] / most * Widest);
                chart.Box(Left, top, length, Bar, Chart.Colours[i]);
                chart.Text(Left + length + 6, top + 13, format(values[i]));
            }

            y += group;
        }

        return chart.ToString();
    }
}
