using EdgeSlim.Bench.Contenders;

namespace EdgeSlim.Bench.Measuring;

/// <summary>How composing and pushing grow with the bytes of an image and with the number of its files.</summary>
/// <param name="Key">The curve's name in paths.</param>
/// <param name="Title">What grows.</param>
/// <param name="Points">What was measured.</param>
internal sealed record Growth(string Key, string Title, IReadOnlyList<GrowthPoint> Points)
{
    private const int Megabyte = 1_000_000;
    private const int LeastFiles = 25;
    private const int SmallFile = 4096;

    /// <summary>By how much it grows.</summary>
    public static IReadOnlyList<int> Factors { get; } = [1, 4, 16, 64];

    /// <summary>Measures both curves.</summary>
    /// <param name="contenders">The contenders, with an application that takes data along and is compiled already.</param>
    /// <returns>The curve of bytes, in ten files of data, and that of files of 4 kB.</returns>
    public static IReadOnlyList<Growth> Measure(IReadOnlyList<Contender> contenders)
    {
        Growth[] curves =
        [
            Curve("growth-bytes", "Bytes of data, in ten files", contenders, f => (10, f * Megabyte / 10), f => $"{f} MB"),
            Curve("growth-files", "Files of data, of 4 kB each", contenders, f => (f * LeastFiles, SmallFile), f => $"{f * LeastFiles} files"),
        ];
        foreach (Contender contender in contenders)
        {
            contender.ReplaceData(0, 0);
        }

        return curves;
    }

    private static Growth Curve(
        string key, string title, IReadOnlyList<Contender> contenders, Func<int, (int Files, int BytesOfOne)> data, Func<int, string> label)
    {
        List<GrowthPoint> points = [];
        foreach (int factor in Factors)
        {
            (int files, int bytes) = data(factor);
            Dictionary<string, DeliveryCost> deliveries = [];
            foreach (Contender contender in contenders)
            {
                contender.ReplaceData(files, bytes);
                contender.ForgetImages();
                deliveries[contender.Name] = contender.Deliver($"{files}-{bytes}");
            }

            points.Add(new GrowthPoint(factor, label(factor), deliveries));
            Console.Error.WriteLine($"{title}: {label(factor)}");
        }

        return new Growth(key, title, points);
    }
}

/// <summary>A point of the curves.</summary>
/// <param name="Factor">How many times the least.</param>
/// <param name="Label">How much that is.</param>
/// <param name="Deliveries">What each contender took, by its name.</param>
internal sealed record GrowthPoint(int Factor, string Label, IReadOnlyDictionary<string, DeliveryCost> Deliveries);
