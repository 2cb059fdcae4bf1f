using System.Text.RegularExpressions;

namespace EdgeSlim.Tests.Documentation;

/// <summary>The README in Chinese says what the one in English says: what a machine can tell of that.</summary>
[TestClass]
public sealed partial class TranslationTests
{
    private static readonly string[] Original = Sections(RepositoryFiles.Read("README.md"));

    private static readonly string[] Translated = Sections(RepositoryFiles.Read("README.zh-CN.md"));

    [TestMethod]
    public void It_has_the_same_titles_of_the_same_levels()
    {
        Assert.IsGreaterThan(8, Original.Length);
        Assert.AreSequenceEqual(Levels("README.md"), Levels("README.zh-CN.md"));
    }

    [TestMethod]
    public void Each_section_names_the_same_properties_values_and_figures() => Same(Name());

    [TestMethod]
    public void Each_section_leads_to_the_same_places() => Same(Link());

    [TestMethod]
    public void Each_section_has_the_same_code() => Found.Nothing(Original.Zip(Translated)
        .Where(s => !Code(s.First).SequenceEqual(Code(s.Second)))
        .Select(s => TitleOf(s.First)));

    [TestMethod]
    public void Each_section_has_the_same_number_of_rows_and_points() => Found.Nothing(Original.Zip(Translated)
        .Where(s => Point().Count(s.First) != Point().Count(s.Second))
        .Select(s => TitleOf(s.First)));

    private static void Same(Regex what) => Found.Nothing(Original.Zip(Translated).SelectMany(s =>
        Values(s.First, what).Except(Values(s.Second, what)).Select(v => $"{TitleOf(s.First)}: {v} is missing")
            .Concat(Values(s.Second, what).Except(Values(s.First, what)).Select(v => $"{TitleOf(s.First)}: {v} is too much"))));

    private static IEnumerable<string> Values(string section, Regex what) =>
        what.Matches(section).Select(m => m.Value.Trim('`')).Where(v => !v.Contains("README", StringComparison.Ordinal));

    private static IEnumerable<int> Levels(string document) =>
        Title().Matches(Markdown.WithoutCode(RepositoryFiles.Read(document))).Select(m => m.Groups["level"].Length);

    // What a comment in a sample says is said in the reader's language.
    private static IEnumerable<string> Code(string section) => Sample().Matches(section)
        .SelectMany(m => m.Value.Split('\n'))
        .Select(line => Comment().Replace(line, "").Trim());

    // What the benchmarks write into both is not the translator's.
    private static string[] Sections(string document) => SectionStart().Split(Written().Replace(document, ""));

    private static string TitleOf(string section) => section.Split('\n')[0];

    [GeneratedRegex("<!-- bench:.*?<!-- /bench:", RegexOptions.Singleline)]
    private static partial Regex Written();

    [GeneratedRegex(@"^(?=## )", RegexOptions.Multiline)]
    private static partial Regex SectionStart();

    [GeneratedRegex(@"^(?<level>#+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Title();

    // What is written as code, names of properties wherever they stand, and sizes.
    [GeneratedRegex(@"`[^`\n]+`|(Edge|Container)[A-Z][A-Za-z]+|\d+(\.\d+)? [kM]B", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<=\]\()[^)\s]+(?=\))")]
    private static partial Regex Link();

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"(^|\s)# .*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(\||- |\d+\. )", RegexOptions.Multiline)]
    private static partial Regex Point();
}
