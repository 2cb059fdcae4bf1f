using System.Text.Json.Nodes;
using EdgeSlim.Sbom;

namespace EdgeSlim.Tests.Sbom;

/// <summary>By the rules of SPDX 2.3, which are short enough to be held one by one.</summary>
[TestClass]
public sealed class SpdxWriterTests
{
    private static readonly string[] Relations = ["DESCRIBES", "CONTAINS", "DEPENDS_ON", "BUILD_DEPENDENCY_OF"];

    private static readonly string[] Purposes =
        ["APPLICATION", "FRAMEWORK", "LIBRARY", "CONTAINER", "OPERATING-SYSTEM", "DEVICE", "FIRMWARE", "SOURCE", "ARCHIVE", "FILE", "INSTALL", "OTHER"];

    private static JsonNode Document { get; } = JsonNode.Parse(SpdxWriter.Write(SbomSamples.Inventory, SbomSamples.Image))!;

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
    public void Packages_have_identifiers_of_their_own_and_known_words()
    {
        JsonNode[] packages = [.. Document["packages"]!.AsArray().Select(p => p!)];
        Assert.HasCount(packages.Length, packages.Select(p => Text(p, "SPDXID")).Distinct());
        foreach (JsonNode package in packages)
        {
            Assert.MatchesRegex("^SPDXRef-[a-zA-Z0-9.-]+$", Text(package, "SPDXID"));
            Assert.AreEqual("NOASSERTION", Text(package, "downloadLocation"));
            Assert.IsFalse(package["filesAnalyzed"]!.GetValue<bool>());
            Assert.Contains(Text(package, "primaryPackagePurpose"), Purposes);
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
            Assert.Contains(Text(relation!, "relationshipType"), Relations);
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
