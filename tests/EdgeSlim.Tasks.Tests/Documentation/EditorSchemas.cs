using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EdgeSlim.Tests.Documentation;

/// <summary>Writes what editors of MSBuild files show of a property or an item: the first paragraph of its entry.</summary>
internal static partial class EditorSchemas
{
    private static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema";
    private static readonly XNamespace MSBuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For the editors that look beside an imported file (<c>FILE.buildschema.json</c>).</summary>
    public static string Json(string markdown) => JsonSerializer.Serialize(
        new
        {
            license = "MIT",
            properties = Described(markdown, "EdgeSlim's own properties"),
            items = Described(markdown, "EdgeSlim's own items"),
        },
        Indented) + "\n";

    /// <summary>For the editors that know MSBuild by an XML schema, as elements to be included there.</summary>
    public static string Xsd(string markdown) => new XElement(
        Schema + "schema",
        new XAttribute(XNamespace.Xmlns + "xs", Schema),
        new XAttribute(XNamespace.Xmlns + "msb", MSBuild),
        new XAttribute("targetNamespace", MSBuild),
        new XAttribute("elementFormDefault", "qualified"),
        Elements(Described(markdown, "EdgeSlim's own properties"), "msb:StringPropertyType", "msb:Property"),
        Elements(Described(markdown, "EdgeSlim's own items"), "msb:SimpleItemType", "msb:Item")) + "\n";

    private static IEnumerable<XElement> Elements(IEnumerable<KeyValuePair<string, Description>> described, string type, string group) =>
        described.Select(d => new XElement(
            Schema + "element",
            new XAttribute("name", d.Key),
            new XAttribute("type", type),
            new XAttribute("substitutionGroup", group),
            new XElement(Schema + "annotation", new XElement(Schema + "documentation", d.Value.description))));

    private static SortedDictionary<string, Description> Described(string markdown, string title)
    {
        string section = RepositoryFiles.Section(markdown, title);
        return new(
            RepositoryFiles.Titles(section, 3)
                .Where(PublicNames.PropertiesAndItems.Contains)
                .ToDictionary(name => name, name => new Description(FirstParagraph(RepositoryFiles.Section(section, name)))),
            StringComparer.Ordinal);
    }

    private static string FirstParagraph(string section)
    {
        string text = section[section.IndexOf('\n', StringComparison.Ordinal)..].Trim();
        string paragraph = text.Split("\n\n")[0].ReplaceLineEndings(" ").Replace("`", "", StringComparison.Ordinal);
        return Link().Replace(paragraph, "${text}");
    }

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    // The name is that of the format.
    private sealed record Description(string description);
}
