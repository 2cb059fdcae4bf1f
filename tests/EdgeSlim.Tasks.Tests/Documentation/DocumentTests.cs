using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace EdgeSlim.Tests.Documentation;

[TestClass]
public sealed partial class DocumentTests
{
    private static readonly string[] TellsOldNames = ["CHANGELOG.md", "docs/diagnostics/EDGE9006.md"];

    [TestMethod]
    public void Each_relative_link_leads_to_a_file_and_a_title()
    {
        (string Document, string Link)[] links =
        [
            .. RepositoryFiles.Documents
                .SelectMany(d => Link().Matches(Markdown.WithoutCode(RepositoryFiles.Read(d)))
                    .Select(m => (Document: d, Link: m.Groups["target"].Value)))
                .Where(l => !l.Link.Contains("://", StringComparison.Ordinal)),
        ];

        Assert.IsNotEmpty(links);
        Found.Nothing(links.Where(l => !Leads(l.Document, l.Link)));
    }

    [TestMethod]
    public void Each_XML_sample_can_be_parsed()
    {
        (string Document, string Sample)[] samples =
            [.. RepositoryFiles.Documents.SelectMany(d => Markdown.Samples(RepositoryFiles.Read(d), "xml").Select(s => (d, s)))];

        Assert.IsNotEmpty(samples);
        Found.Nothing(samples.Where(s => !IsXml(s.Sample)));
    }

    [TestMethod]
    public void The_project_of_the_quick_start_is_that_of_the_sample()
    {
        string quickStart = Markdown.Samples(RepositoryFiles.Read("README.md"), "xml").First();
        string sample = RepositoryFiles.Read("samples/HelloAgent/HelloAgent.csproj");

        Assert.AreEqual(XElement.Parse(sample).ToString(), XElement.Parse(quickStart).ToString());
    }

    [TestMethod]
    public void The_version_of_the_quick_start_is_the_one_that_is_packed()
    {
        string version = XDocument.Parse(RepositoryFiles.Read("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;

        Assert.Contains($"<Sdk Name=\"EdgeSlim.Sdk\" Version=\"{version}\" />", RepositoryFiles.Read("README.md"));
    }

    [TestMethod]
    public void No_document_names_a_property_or_a_target_that_does_not_exist()
    {
        // The product is no property.
        HashSet<string> known = [.. PublicNames.PropertiesAndItems, .. PublicNames.Metadata, .. PublicNames.Targets, "EdgeSlim"];

        Found.Nothing(RepositoryFiles.Documents
            .SelectMany(d => EdgeName().Matches(RepositoryFiles.Read(d)).Select(m => (Document: d, Name: m.Value)))
            .Where(found => !known.Contains(found.Name) && !(TellsOldNames.Contains(found.Document) && PublicNames.OldNames.Contains(found.Name))));
    }

    private static bool Leads(string document, string link)
    {
        string[] parts = link.Split('#', 2);
        string folder = Path.GetDirectoryName(document) ?? "";
        string target = parts[0].Length == 0 ? document : Path.Combine(folder, parts[0]);
        string path = Path.GetFullPath(Path.Combine(RepositoryFiles.Root, target));
        return Path.Exists(path)
            && (parts.Length == 1
                || Enumerable.Range(1, 6)
                    .SelectMany(level => RepositoryFiles.Titles(File.ReadAllText(path), level))
                    .Any(title => Anchor(title) == parts[1]));
    }

    /// <summary>The anchor that GitHub gives a title.</summary>
    private static string Anchor(string title) =>
        string.Concat(title.ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    private static bool IsXml(string sample)
    {
        try
        {
            // A sample may be a part of a project, with more than one element.
            XElement.Parse($"<Sample>{sample}</Sample>");
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"\bEdge[A-Z]\w*")]
    private static partial Regex EdgeName();
}
