using EdgeSlim.Bench.Measuring;

namespace EdgeSlim.Bench.Writing;

/// <summary>Writes what was measured into the repository.</summary>
/// <param name="root">The checkout.</param>
internal sealed class Documents(string root)
{
    private static readonly string[] Readmes = ["README.md", "README.zh-CN.md"];

    /// <summary>Writes the page, its charts, and what the READMEs show.</summary>
    /// <param name="results">What was measured.</param>
    public void Write(Results results)
    {
        string charts = Directory.CreateDirectory(Path.Combine(root, "docs", "benchmarks")).FullName;
        void Chart(string name, string chart) => File.WriteAllText(Path.Combine(charts, name + ".svg"), chart);
        Chart("image", Bars(results, "Image, compressed, the base image included", c => c.Image!.CompressedBytes, Figures.Bytes));
        Chart("composing", Bars(results, "Composing and pushing, the first time", c => c.Composing(Occasion.Compiled).Median, Figures.Seconds));
        Chart("start", Bars(results, "Ready after", c => c.StartMilliseconds.Median, Figures.Milliseconds));
        foreach (Growth growth in results.Curves)
        {
            Chart(growth.Key, LineChart.Of(growth, results.Names, d => d.ComposingSeconds));
        }

        File.WriteAllText(Path.Combine(root, "docs", "benchmarks.md"), BenchmarksPage.Of(results).TrimEnd('\n') + "\n");
        foreach (string readme in Readmes.Select(r => Path.Combine(root, r)))
        {
            MarkedText.Replace(readme, BenchmarksPage.SummaryName, SummaryTable.Of(results));
            MarkedText.Replace(readme, "sample", $"```\n{results.SampleSummary}\n```");
        }
    }

    private static string Bars(Results results, string title, Func<Cell, double> value, Func<double, string> format) => BarChart.Of(
        title,
        results.Names,
        [.. results.Contenders.Select(c => (c[0].Application.Title, (IReadOnlyList<double>)[.. c.Select(x => value(results.Rounds[x]))]))],
        format);
}
