using System.Text.Json.Nodes;
using EdgeSlim.Sbom;

namespace EdgeSlim.Tests.Sbom;

[TestClass]
public sealed class SpdxWriterTests
{
    private static byte[] Content { get; } = SpdxWriter.Write(SbomSamples.Inventory, SbomSamples.Image);

    private static JsonNode Document { get; } = JsonNode.Parse(Content)!;

    [TestMethod]
    public void It_is_valid_by_the_schema() => Assert.IsEmpty(SpdxSchema.Faults(Content));

    [TestMethod]
    public void Every_kind_of_component_has_a_purpose_of_the_schema()
    {
        Component component = SbomSamples.Inventory.Components[0];
        foreach (ComponentKind kind in Enum.GetValues<ComponentKind>())
        {
            Assert.IsEmpty(SpdxSchema.Faults(SpdxWriter.Write(SbomSamples.Inventory with { Components = [component with { Kind = kind }] }, SbomSamples.Image)), kind.ToString());
        }
    }

    [TestMethod]
    [DataRow("spdxVersion", null)]
    [DataRow("packages/0/name", null)]
    [DataRow("packages/0/primaryPackagePurpose", "OPERATING-SYSTEM")]
    [DataRow("packages/0/purpose", "CONTAINER")]
    [DataRow("packages/0/checksums/0/algorithm", "sha256")]
    [DataRow("relationships/0/relationshipType", "HAS")]
    [DataRow("creationInfo/creators", "Tool: EdgeSlim")]
    public void The_schema_refuses_what_is_wrong(string path, string? value)
    {
        JsonNode document = JsonNode.Parse(Content)!;
        string[] steps = path.Split('/');
        JsonNode parent = steps[..^1].Aggregate(document, (node, step) => int.TryParse(step, out int index) ? node[index]! : node[step]!);
        if (value is null)
        {
            parent.AsObject().Remove(steps[^1]);
        }
        else
        {
            parent[steps[^1]] = value;
        }

        Assert.IsNotEmpty(SpdxSchema.Faults(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString())));
    }

    [TestMethod]
    public void The_document_says_what_it_is()
    {
        Assert.AreEqual("SPDX-2.3", Text(Document, "spdxVersion"));
        Assert.AreEqual("CC0-1.0", Text(Document, "dataLicense"));
        Assert.AreEqual("SPDXRef-DOCUMENT", Text(Document, "SPDXID"));
        Assert.IsTrue(Uri.IsWellFormedUriString(Text(Document, "documentNamespace"), UriKind.Absolute));
        Assert.AreEqual("2026-01-02T03:04:05Z", Text(Document["creationInfo"]!, "created"));
        Assert.MatchesRegex("^Tool: .+-.+$", Document["creationInfo"]!["creators"]![0]!.GetValue<string>());
    }

    [TestMethod]
    public void Packages_have_identifiers_of_their_own()
    {
        JsonNode[] packages = [.. Document["packages"]!.AsArray().Select(p => p!)];
        Assert.HasCount(packages.Length, packages.Select(p => Text(p, "SPDXID")).Distinct());
        foreach (JsonNode package in packages)
        {
            Assert.MatchesRegex("^SPDXRef-[a-zA-Z0-9.-]+$", Text(package, "SPDXID"));
            Assert.AreEqual("NOASSERTION", Text(package, "downloadLocation"));
            Assert.IsFalse(package["filesAnalyzed"]!.GetValue<bool>());
            Assert.IsNotEmpty(Text(package, "primaryPackagePurpose"));
            foreach (JsonNode? checksum in package["checksums"]?.AsArray() ?? [])
            {
                Assert.HasCount(Text(checksum!, "algorithm") == "SHA256" ? 64 : 128, Text(checksum!, "checksumValue"));
            }
        }
    }

    [TestMethod]
    public void Relationships_join_what_is_there()
    {
        string[] identifiers = [.. Document["packages"]!.AsArray().Select(p => Text(p!, "SPDXID")), "SPDXRef-DOCUMENT"];
        foreach (JsonNode? relation in Document["relationships"]!.AsArray())
        {
            Assert.Contains(Text(relation!, "spdxElementId"), identifiers);
            Assert.Contains(Text(relation!, "relatedSpdxElement"), identifiers);
        }
    }

    [TestMethod]
    public void What_is_not_in_the_image_was_there_to_build_with()
    {
        string unused = Identifier("Unused.Package");
        Assert.AreEqual("BUILD_DEPENDENCY_OF", Text(Relation(r => Text(r, "spdxElementId") == unused), "relationshipType"));
        string used = Identifier("Used.Package");
        Assert.AreEqual("CONTAINS", Text(Relation(r => Text(r, "relatedSpdxElement") == used), "relationshipType"));
    }

    [TestMethod]
    public void The_same_inventory_gives_the_same_bytes() => Assert.AreSequenceEqual(
        SpdxWriter.Write(SbomSamples.Inventory, SbomSamples.Image),
        SpdxWriter.Write(SbomSamples.Inventory with { }, SbomSamples.Image with { }));

    private static string Identifier(string name) =>
        Text(Document["packages"]!.AsArray().Single(p => Text(p!, "name") == name)!, "SPDXID");

    private static JsonNode Relation(Func<JsonNode, bool> which) => Document["relationships"]!.AsArray().Select(r => r!).Single(which);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
