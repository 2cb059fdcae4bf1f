using System.Text.Json.Nodes;
using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Diagnostics;
using EdgeSlim.Tests.Documentation;

namespace EdgeSlim.Tests.Bases.Catalogue;

[TestClass]
public sealed class CatalogueReaderTests
{
    [TestMethod]
    public void The_catalogue_that_is_shipped_has_the_bases_of_the_documentation()
    {
        string section = RepositoryFiles.Section(RepositoryFiles.Read("docs/properties.md"), "EdgeBase");

        Assert.AreSequenceEqual(["alpine", "chiseled", "debian-slim", "distroless", "ubuntu"], CatalogueSamples.Shipped.Names);
        Found.Nothing(CatalogueSamples.Shipped.Names.Where(n => !section.Contains($"`{n}`", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void The_images_of_a_base_come_the_smaller_ones_first_for_each_use()
    {
        foreach (CatalogueBase entry in CatalogueSamples.Shipped.Bases.Values)
        {
            foreach (BaseUse use in Enum.GetValues<BaseUse>())
            {
                long[] sizes = [.. entry.ImagesFor(use, "10.0").Select(i => i.CompressedBytes!.Value)];
                Assert.AreSequenceEqual(sizes.Order(), sizes, $"{entry.Title}, {use}");
            }
        }
    }

    [TestMethod]
    public void The_users_catalogue_adds_bases_and_says_some_things_of_the_known_ones()
    {
        using TemporaryFolder folder = new();
        string mine = folder.Write("mine.json", """
            {
              // In-house.
              "bases": {
                "chiseled": { "endOfLife": "2027-01-01" },
                "house": { "images": [ { "uses": ["aot"], "reference": "registry.example/house:{version}" } ] },
              }
            }
            """);

        BaseCatalogue catalogue = CatalogueReader.Read(CatalogueSamples.ShippedFile, mine);

        Assert.AreEqual(new DateOnly(2027, 1, 1), catalogue.Find("chiseled")!.EndOfLife);
        Assert.AreEqual(CatalogueSamples.Shipped.Find("chiseled")!.Images!.Count, catalogue.Find("CHISELED")!.Images!.Count);
        Assert.AreEqual("registry.example/house:10.0", catalogue.Find("house")!.ImagesFor(BaseUse.Aot, "10.0")[0].ReferenceFor("10.0"));
    }

    [TestMethod]
    [DataRow("not json")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("""{ "bases": { "x": { "immages": [] } } }""")]
    [DataRow("""{ "bases": { "x": { "endOfLife": "soon" } } }""")]
    [DataRow("""{ "bases": { "x": { "cLibrary": "uclibc" } } }""")]
    [DataRow("""{ "bases": { "scratch": { } } }""")]
    [DataRow("""{ "bases": { "x": null } }""")]
    [DataRow("""{ "bases": { "x": { "images": [ null ] } } }""")]
    [DataRow("""{ "bases": { "x": { "images": [ { "uses": ["aot"], "reference": "a/b:1", "offers": [ null ] } ] } } }""")]
    [DataRow("""{ "bases": { "x": { "images": [ { "uses": ["wasm"], "reference": "a/b:1" } ] } } }""")]
    [DataRow("""{ "bases": { "x": { "images": [ { "uses": ["aot"], "reference": "not a reference" } ] } } }""")]
    [DataRow("""{ "bases": { "x": { "images": [ { "uses": ["aot"], "reference": "a/b:1", "offers": ["tea"] } ] } } }""")]
    public void What_is_no_catalogue_is_said_with_its_file(string text)
    {
        using TemporaryFolder folder = new();
        string mine = folder.Write("mine.json", text);

        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => CatalogueReader.Read(CatalogueSamples.ShippedFile, mine));

        Assert.AreEqual(DiagnosticCodes.CatalogueUnreadable, e.Code);
        Assert.Contains(mine, e.Message);
    }

    [TestMethod]
    public void A_catalogue_that_is_not_there_is_said() => Assert.AreEqual(
        DiagnosticCodes.CatalogueUnreadable,
        Assert.ThrowsExactly<EdgeException>(() => CatalogueReader.Read(CatalogueSamples.ShippedFile, "/not/there.json")).Code);

    [TestMethod]
    public void The_schema_has_the_fields_and_words_of_the_code()
    {
        JsonNode schema = JsonNode.Parse(RepositoryFiles.Read("docs/bases.schema.json"))!;
        JsonNode Properties(string definition) => schema["$defs"]![definition]!["properties"]!;
        string[] Words(JsonNode node) => [.. node["enum"]!.AsArray().Select(w => w!.GetValue<string>())];
        static string[] Fields(Type type) =>
            [.. type.GetProperties().Where(p => p.CanWrite).Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]).Order(StringComparer.Ordinal)];

        Assert.AreSequenceEqual(Fields(typeof(CatalogueBase)), Properties("base").AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual(Fields(typeof(CatalogueImage)), Properties("image").AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual(KnownNeeds.All, Words(Properties("image")["offers"]!["items"]!));
        Assert.AreSequenceEqual(
            Enum.GetValues<BaseUse>().Select(u => System.Text.Json.JsonSerializer.SerializeToNode(u)!.GetValue<string>()),
            Words(Properties("image")["uses"]!["items"]!));
    }
}
