using System.Text.RegularExpressions;

namespace EdgeSlim.Tests.Documentation;

/// <summary>What the program in <c>bench/</c> wrote belongs together: one run, one set of figures.</summary>
[TestClass]
public sealed partial class BenchmarkDocumentationTests
{
    private const string Page = "docs/benchmarks.md";

    [TestMethod]
    public void The_table_of_each_README_is_that_of_the_benchmarks()
    {
        RequirePage();
        string[] readmes = [.. RepositoryFiles.Documents.Where(d => d is "README.md" or "README.zh-CN.md")];

        Assert.IsNotEmpty(readmes);
        foreach (string readme in readmes)
        {
            string table = Marked(readme);
            Assert.AreEqual(Marked(Page), table, readme);
            Assert.Contains("EdgeSlim", table);
        }
    }

    [TestMethod]
    public void Each_chart_is_shown_and_is_there()
    {
        RequirePage();
        string[] shown = [.. Chart().Matches(RepositoryFiles.Read(Page)).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];
        string[] there =
        [
            .. Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "docs", "benchmarks"))
                .Select(f => Path.GetFileName(f)!)
                .Order(StringComparer.Ordinal),
        ];

        Assert.IsNotEmpty(there);
        CollectionAssert.AreEqual(there, shown);
    }

    private static void RequirePage()
    {
        if (!RepositoryFiles.Documents.Contains(Page))
        {
            Assert.Inconclusive($"There is no {Page}: the program in bench/ was not run to its end yet.");
        }
    }

    private static string Marked(string document)
    {
        Match match = Summary().Match(RepositoryFiles.Read(document));
        Assert.IsTrue(match.Success, $"{document} has no table that the benchmarks write.");
        return string.Join('\n', match.Groups[1].Value.Split('\n').Where(l => l.StartsWith('|')));
    }

    [GeneratedRegex("<!-- bench:summary -->\n(.*)<!-- /bench:summary -->", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"\]\(benchmarks/([\w-]+\.svg)\)")]
    private static partial Regex Chart();
}
