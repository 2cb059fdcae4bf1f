using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Trials;

[TestClass]
public sealed class MemorySeriesTests
{
    [TestMethod]
    public void However_long_it_runs_the_points_are_few_and_lie_evenly()
    {
        MemorySeries series = new();
        for (int i = 0; i <= 60_000; i += 2)
        {
            series.Add(TimeSpan.FromMilliseconds(i), 1000 + i);
        }

        IReadOnlyList<MemoryPoint> points = series.Points;
        Assert.IsInRange(MemorySeries.MaxPoints / 2, MemorySeries.MaxPoints, points.Count);
        Assert.AreEqual(new MemoryPoint(0, 1000), points[0]);
        Assert.IsGreaterThan(58_000, points[^1].Milliseconds);
        double[] steps = [.. points.Zip(points.Skip(1), (a, b) => b.Milliseconds - a.Milliseconds)];
        Assert.IsLessThan(1.5, steps.Max() / steps.Min());
        Assert.IsTrue(points.All(p => p.Bytes == 1000 + (long)p.Milliseconds));
    }

    [TestMethod]
    public void What_comes_too_soon_after_a_point_is_none()
    {
        MemorySeries series = new();
        series.Add(TimeSpan.FromMilliseconds(1), 1);
        series.Add(TimeSpan.FromMilliseconds(2), 2);
        Assert.HasCount(1, series.Points);
    }
}
