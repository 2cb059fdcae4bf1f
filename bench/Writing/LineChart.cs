using EdgeSlim.Bench.Measuring;

namespace EdgeSlim.Bench.Writing;

/// <summary>A growth curve: both axes in powers, so that what grows in proportion is a straight line. Pure.</summary>
internal static class LineChart
{
    private const double Left = 70;
    private const double Right = 620;
    private const double Top = 80;
    private const double Bottom = 340;

    /// <summary>Draws it.</summary>
    /// <param name="growth">The curve.</param>
    /// <param name="names">The contenders.</param>
    /// <param name="value">What is drawn of a delivery, in seconds.</param>
    public static string Of(Growth growth, IReadOnlyList<string> names, Func<Contenders.DeliveryCost, double> value)
    {
        Chart chart = new(720, 390, $"Composing and pushing, by the {char.ToLowerInvariant(growth.Title[0])}{growth.Title[1..]}");
        chart.Legend(16, 50, names);
        double[] all = [.. growth.Points.SelectMany(p => p.Deliveries.Values).Select(value)];
        int lowest = (int)Math.Floor(Math.Log2(all.Min()));
        int highest = Math.Max(lowest + 1, (int)Math.Ceiling(Math.Log2(all.Max())));
        double X(int i) => Left + ((Right - Left) * i / (growth.Points.Count - 1));
        double Y(double seconds) => Bottom - ((Bottom - Top) * (Math.Log2(seconds) - lowest) / (highest - lowest));
        for (int power = lowest; power <= highest; power++)
        {
            double y = Y(Math.Pow(2, power));
            chart.Line([(Left, y), (Right, y)], "#ddd", 1);
            chart.Text(Left - 8, y + 4, Figures.Seconds(Math.Pow(2, power)), "end", "#555");
        }

        for (int i = 0; i < growth.Points.Count; i++)
        {
            chart.Text(X(i), Bottom + 22, $"×{growth.Points[i].Factor}: {growth.Points[i].Label}", "middle", "#555");
        }

        for (int n = 0; n < names.Count; n++)
        {
            (double X, double Y)[] points = [.. growth.Points.Select((p, i) => (X(i), Y(value(p.Deliveries[names[n]]))))];
            chart.Line(points, Chart.Colours[n]);
            foreach ((double x, double y) in points)
            {
                chart.Dot(x, y, Chart.Colours[n]);
            }
        }

        return chart.ToString();
    }
}
