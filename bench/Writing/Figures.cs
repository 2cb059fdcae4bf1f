using System.Globalization;
using EdgeSlim.Bench.Measuring;

namespace EdgeSlim.Bench.Writing;

/// <summary>Figures as they stand in the documents. Pure.</summary>
internal static class Figures
{
    /// <summary>Bytes in the unit that leaves few digits; 1 MB is a million bytes.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{bytes:0} B"),
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1e7 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
    };

    public static string Seconds(double seconds) =>
        seconds.ToString(seconds < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s";

    public static string Milliseconds(double milliseconds) =>
        milliseconds.ToString(milliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";

    public static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}");

    public static string Count(double count) => string.Create(CultureInfo.InvariantCulture, $"{count:0}");

    /// <summary>The median, and behind it the least and the most, where there is a spread.</summary>
    /// <param name="samples">What was measured.</param>
    /// <param name="format">How one value is written.</param>
    public static string Spread(Samples samples, Func<double, string> format) => samples.Count switch
    {
        0 => "-",
        1 => format(samples.Median),
        _ => $"{format(samples.Median)} ({Bare(format(samples.Least))}-{Bare(format(samples.Most))})",
    };

    private static string Bare(string figure) => figure.EndsWith(" s", StringComparison.Ordinal) ? figure[..^2]
        : figure.EndsWith(" ms", StringComparison.Ordinal) ? figure[..^3]
        : figure;
}
