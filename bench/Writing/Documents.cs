using EdgeSlim.Bench.Measuring;

namespace EdgeSlim.Bench.Writing;

/// <summary>Writes what was measured into the repository.</summary>
/// <param name="root">The checkout.</param>
internal sealed class Documents(string root)
{
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
        string table = SummaryTable.Of(results);
        WriteReadme("README.md", English(table, results.Names), results);

        // In the other language the words around it are the translator's.
        WriteReadme("README.zh-CN.md", table, results);
    }

    private void WriteReadme(string name, string summary, Results results)
    {
        string path = Path.Combine(root, name);
        MarkedText.Replace(path, BenchmarksPage.SummaryName, summary);
        MarkedText.Replace(path, "sample", $"```\n{results.SampleSummary}\n```");
    }

    private static string English(string table, IReadOnlyList<string> names) => $"""
        Side by side with the .NET SDK's own `PublishContainer` and with a Dockerfile of two stages, built with `buildah`. These
        two compile ahead of time as well, and put the application on a base image without a shell:

        {table}
        Sizes are compressed and whole, the base image included; three figures in one cell are those of {string.Join(", ", names)}.
        How it was measured, how long each takes to deliver, what it sends, and how that grows: [benchmarks](docs/benchmarks.md).
        """;

    private static string Bars(Results results, string title, Func<Cell, double> value, Func<double, string> format) => BarChart.Of(
        title,
        results.Names,
        [.. results.Contenders.Select(c => (c[0].Application.Title, (IReadOnlyList<double>)[.. c.Select(x => value(results.Rounds[x]))]))],
        format);
}
