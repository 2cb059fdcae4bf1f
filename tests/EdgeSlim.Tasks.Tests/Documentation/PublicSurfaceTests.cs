using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;
using EdgeSlim.Reporting;

namespace EdgeSlim.Tests.Documentation;

/// <summary>What users' projects, scripts and pipelines hold on to: it changes on purpose or not at all.</summary>
[TestClass]
public sealed partial class PublicSurfaceTests
{
    private const string Breaks = "What is gone or changed breaks the builds of others, and is for a major version.";

    [TestMethod]
    public void Properties_and_items() => Holds(
        "properties-and-items",
        PublicNames.PropertiesAndItems.Select(name =>
            string.Join(" | ", PublicNames.Defaults.Where(d => d.Name == name).Select(d => d.Default).Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } values
                ? $"{name} = {values}"
                : name));

    [TestMethod]
    public void Container_properties() => Holds("container-properties", PublicNames.ContainerProperties);

    [TestMethod]
    public void Targets() => Holds("targets", PublicNames.Targets);

    [TestMethod]
    public void Codes()
    {
        Dictionary<string, string> kinds = Row().Matches(RepositoryFiles.Read("docs/diagnostics/README.md"))
            .ToDictionary(m => m.Groups["code"].Value, m => m.Groups["kind"].Value);
        Holds("codes", typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetRawConstantValue()!)
            .Select(code => $"{code} {kinds.GetValueOrDefault(code)}"));
    }

    [TestMethod]
    public void Facts()
    {
        JsonObject schema = JsonNode.Parse(RepositoryFiles.Read("docs/facts.schema.json"))!.AsObject();
        IEnumerable<SchemaField> fields = new SchemaFields(schema, "facts", FactsJson.Documents.Facts).OfSchema()
            .Concat(new SchemaFields(schema, "indexFacts", FactsJson.Documents.IndexFacts).OfSchema());
        Holds("facts", fields.Select(f => f.IsRequired ? f.Path : $"{f.Path} (optional)"));
    }

    private static void Holds(string name, IEnumerable<string> lines) => ApprovedFile.Holds(
        $"tests/EdgeSlim.Tasks.Tests/Approved/{name}.txt",
        string.Concat(lines.Distinct().Order(StringComparer.Ordinal).Select(l => l + '\n')),
        Breaks);

    [GeneratedRegex(@"^\| \[(?<code>EDGE\d{4})\]\([^)]*\) \|[^|]*\| (?<kind>[^|]*?) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
