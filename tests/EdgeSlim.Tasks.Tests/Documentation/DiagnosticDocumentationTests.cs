using System.Reflection;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Documentation;

[TestClass]
public sealed partial class DiagnosticDocumentationTests
{
    private const string Folder = "docs/diagnostics/";

    private static IEnumerable<string> Codes =>
        typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

    private static IEnumerable<string> Pages => RepositoryFiles.Documents
        .Where(d => d.StartsWith(Folder, StringComparison.Ordinal))
        .Select(d => Path.GetFileNameWithoutExtension(d))
        .Where(name => name != "README");

    [TestMethod]
    public void Each_code_has_a_page() => Found.Nothing(Codes.Except(Pages));

    [TestMethod]
    public void Each_page_is_of_a_code_that_exists() => Found.Nothing(Pages.Except(Codes));

    [TestMethod]
    public void Each_page_has_its_code_in_its_title() => Found.Nothing(
        Pages.Where(code => !Regex.IsMatch(Page(code), $@"\A# {code}: \S.*\r?\n")));

    [TestMethod]
    public void Each_page_says_what_happened_and_why_and_what_to_do()
    {
        string[] parts = ["What happened", "Why", "What to do"];

        Found.Nothing(Pages.Where(code => !RepositoryFiles.Titles(Page(code), 2).SequenceEqual(parts)));
    }

    [TestMethod]
    public void Each_page_says_what_to_do_with_a_command_or_a_snippet() => Found.Nothing(
        Pages.Where(code => !RepositoryFiles.Section(Page(code), "What to do").Contains("```", StringComparison.Ordinal)));

    [TestMethod]
    public void The_index_names_each_page_with_its_title_in_its_band()
    {
        string index = RepositoryFiles.Read(Folder + "README.md");
        string[] bands = [.. RepositoryFiles.Titles(index, 2)];

        Found.Nothing(Pages.Where(code =>
        {
            string? band = bands.FirstOrDefault(b => b.EndsWith($"({code[4]}xxx)", StringComparison.Ordinal));
            string title = RepositoryFiles.Titles(Page(code), 1).Single()[$"{code}: ".Length..];
            return band is null || !RepositoryFiles.Section(index, band)
                .Contains($"| [{code}]({code}.md) | {title} |", StringComparison.Ordinal);
        }));
    }

    [TestMethod]
    public void No_document_names_a_code_that_does_not_exist() => Found.Nothing(RepositoryFiles.Documents
        .SelectMany(d => Code().Matches(RepositoryFiles.Read(d)).Select(m => (Document: d, Code: m.Value)))
        .Where(found => !Codes.Contains(found.Code)));

    private static string Page(string code) => RepositoryFiles.Read($"{Folder}{code}.md");

    [GeneratedRegex(@"\bEDGE\d+")]
    private static partial Regex Code();
}
