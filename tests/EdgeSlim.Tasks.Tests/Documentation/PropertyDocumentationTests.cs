using System.Text.RegularExpressions;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Tests.Documentation;

[TestClass]
public sealed partial class PropertyDocumentationTests
{
    private const string Document = "docs/properties.md";

    // For EdgeSlim's own tests, with a path as default that is of no use to anybody else.
    private const string ForTests = "EdgeSlimTasksAssembly";

    // Where the default is made of a private property, the document says in words what that is.
    private const string Private = "$(_EdgeSlim";

    private static IEnumerable<string> Documented =>
        RepositoryFiles.Titles(RepositoryFiles.Read(Document), 3).Where(t => EdgeName().IsMatch(t));

    [TestMethod]
    public void Each_property_and_item_has_an_entry() =>
        Found.Nothing(PublicNames.PropertiesAndItems.Except(Documented));

    [TestMethod]
    public void Each_entry_is_of_a_property_or_item_that_exists() =>
        Found.Nothing(Documented.Except(PublicNames.PropertiesAndItems));

    [TestMethod]
    public void Each_old_name_is_in_the_page_of_its_error()
    {
        string page = RepositoryFiles.Read("docs/diagnostics/EDGE9006.md");
        Assert.IsNotEmpty(PublicNames.OldNames);
        Found.Nothing(PublicNames.OldNames.Where(n => !page.Contains($"`{n}`", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Each_default_stands_in_its_entry()
    {
        string markdown = RepositoryFiles.Read(Document);
        (string Name, string Default)[] defaults = [.. PublicNames.Defaults.Where(d => d.Name != ForTests && !d.Default.Contains(Private, StringComparison.Ordinal))];

        Assert.IsNotEmpty(defaults);
        Found.Nothing(defaults
            .Where(d => !RepositoryFiles.Section(markdown, d.Name).Contains($"`{d.Default}`", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Each_property_of_the_in_box_container_support_that_is_read_is_named()
    {
        string markdown = RepositoryFiles.Read(Document);

        Assert.IsNotEmpty(PublicNames.ContainerProperties);
        Found.Nothing(PublicNames.ContainerProperties
            .Where(name => !markdown.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void The_known_needs_are_those_of_the_code()
    {
        string section = RepositoryFiles.Section(RepositoryFiles.Read(Document), "EdgeNeed");

        Found.Nothing(KnownNeeds.All.Where(n => !section.Contains($"| `{n}` |", StringComparison.Ordinal)));
        Assert.Contains($">{string.Join(';', KnownNeeds.All)}<", RepositoryFiles.BuildText);
    }

    [TestMethod]
    public void Each_environment_variable_that_is_named_is_read_somewhere()
    {
        string section = RepositoryFiles.Section(RepositoryFiles.Read(Document), "Environment variables");
        string[] variables = [.. Variable().Matches(section).Select(m => m.Groups["name"].Value).Distinct()];
        string sources = string.Concat(Directory
            .EnumerateFiles(Path.Combine(RepositoryFiles.Root, "src", "EdgeSlim.Tasks"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText));

        Assert.IsNotEmpty(variables);
        Found.Nothing(variables.Where(name => !sources.Contains($"\"{name}\"", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"\AEdge\w+\z")]
    private static partial Regex EdgeName();

    [GeneratedRegex(@"`(?<name>[A-Z][A-Z_]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
