using System.Text;
using System.Text.Json.Nodes;
using EdgeSlim.Sbom;

namespace EdgeSlim.Tests.Sbom;

[TestClass]
public sealed class CycloneDxWriterTests
{
    private static readonly VexStatement Statement =
        new("CVE-2024-21907", SbomSamples.Unused.Reference, SbomSamples.Unused.Evidence);

    [TestMethod]
    public async Task The_whole_document_is_valid_by_the_schema_of_1_6()
    {
        byte[] document = CycloneDxWriter.Write(SbomSamples.Inventory, SbomSamples.Image, [Statement]);
        Assert.IsEmpty(await CycloneDxSchema.FaultsAsync("1.6", document));
        Assert.AreEqual("1.6", Parse(document)["specVersion"]!.GetValue<string>());
    }

    [TestMethod]
    public async Task What_is_embedded_and_what_is_scanned_are_valid_by_the_schema_of_1_5()
    {
        Assert.IsEmpty(await CycloneDxSchema.FaultsAsync("1.5", CycloneDxWriter.WriteEmbedded(SbomSamples.Inventory)));
        Assert.IsEmpty(await CycloneDxSchema.FaultsAsync("1.5", CycloneDxWriter.WriteForScan(SbomSamples.Inventory)));
    }

    [TestMethod]
    public async Task The_document_of_a_package_is_valid_and_its_subject_depends_on_what_there_is()
    {
        byte[] document = CycloneDxWriter.WriteApplication(SbomSamples.Inventory);
        Assert.IsEmpty(await CycloneDxSchema.FaultsAsync("1.6", document));
        string subject = Parse(document)["metadata"]!["component"]!["bom-ref"]!.GetValue<string>();
        JsonNode dependency = Parse(document)["dependencies"]!.AsArray().Single(d => d!["ref"]!.GetValue<string>() == subject)!;
        Assert.Contains(
            Component(Parse(document), "Used.Package")!["bom-ref"]!.GetValue<string>(), dependency["dependsOn"]!.AsArray().Select(d => d!.GetValue<string>()));
    }

    [TestMethod]
    [DataRow("\"scope\": \"required\"", "\"scope\": \"present\"")]
    [DataRow("\"type\": \"library\"", "\"type\": \"assembly\"")]
    [DataRow("urn:uuid:", "urn:number:")]
    [DataRow("\"bomFormat\"", "\"format\"")]
    [DataRow("code_not_present", "not_there")]
    public async Task The_schema_sees_what_is_wrong(string right, string wrong)
    {
        string document = Encoding.UTF8.GetString(CycloneDxWriter.Write(SbomSamples.Inventory, SbomSamples.Image, [Statement]));
        Assert.Contains(right, document);
        Assert.IsNotEmpty(await CycloneDxSchema.FaultsAsync("1.6", Encoding.UTF8.GetBytes(document.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [TestMethod]
    public void The_same_inventory_gives_the_same_bytes_and_another_one_another_serial_number()
    {
        byte[] first = CycloneDxWriter.WriteEmbedded(SbomSamples.Inventory);
        byte[] second = CycloneDxWriter.WriteEmbedded(SbomSamples.Inventory with { });
        byte[] third = CycloneDxWriter.WriteEmbedded(SbomSamples.Inventory with { Version = "1.0.1" });

        Assert.AreSequenceEqual(first, second);
        Assert.AreNotEqual(Parse(first)["serialNumber"]!.GetValue<string>(), Parse(third)["serialNumber"]!.GetValue<string>());
    }

    [TestMethod]
    public void What_is_not_in_the_image_is_excluded_and_not_embedded()
    {
        JsonNode whole = Parse(CycloneDxWriter.Write(SbomSamples.Inventory, SbomSamples.Image, [Statement]));
        Assert.AreEqual("excluded", Component(whole, "Unused.Package")!["scope"]!.GetValue<string>());
        Assert.AreEqual("required", Component(whole, "Used.Package")!["scope"]!.GetValue<string>());
        JsonNode vulnerability = whole["vulnerabilities"]!.AsArray().Single()!;
        Assert.AreEqual("not_affected", vulnerability["analysis"]!["state"]!.GetValue<string>());
        Assert.AreEqual("code_not_present", vulnerability["analysis"]!["justification"]!.GetValue<string>());
        Assert.AreEqual(Component(whole, "Unused.Package")!["bom-ref"]!.GetValue<string>(), vulnerability["affects"]![0]!["ref"]!.GetValue<string>());

        JsonNode embedded = Parse(CycloneDxWriter.WriteEmbedded(SbomSamples.Inventory));
        Assert.IsNull(Component(embedded, "Unused.Package"));
        Assert.IsNotNull(Component(embedded, "Used.Package"));
        // Its own package database says so.
        Assert.IsNull(Component(embedded, "libc6"));
    }

    [TestMethod]
    public void Packages_of_a_distribution_are_named_with_their_source_and_their_distribution()
    {
        JsonNode embedded = Parse(CycloneDxWriter.WriteEmbedded(SbomSamples.Inventory));
        JsonNode native = Component(embedded, "libssl-dev")!;
        Assert.Contains("distro=debian-12&upstream=openssl", native["purl"]!.GetValue<string>());
        Assert.AreEqual("openssl", native["properties"]![0]!["value"]!.GetValue<string>());
        Assert.AreEqual("operating-system", Component(embedded, "debian")!["type"]!.GetValue<string>());
    }

    [TestMethod]
    public void Everything_that_is_depended_on_is_there()
    {
        JsonNode whole = Parse(CycloneDxWriter.Write(SbomSamples.Inventory, SbomSamples.Image, []));
        HashSet<string> references =
        [
            whole["metadata"]!["component"]!["bom-ref"]!.GetValue<string>(),
            .. whole["components"]!.AsArray().Select(c => c!["bom-ref"]!.GetValue<string>()),
        ];
        string[] named =
        [
            .. whole["dependencies"]!.AsArray().SelectMany(d => d!["dependsOn"]!.AsArray().Append(d["ref"])).Select(r => r!.GetValue<string>()),
        ];
        CollectionAssert.IsSubsetOf(named.Distinct().ToArray(), references.ToArray());
        Assert.HasCount(whole["components"]!.AsArray().Count + 1, references);
    }

    private static JsonNode Parse(byte[] document) => JsonNode.Parse(document)!;

    private static JsonNode? Component(JsonNode document, string name) =>
        document["components"]!.AsArray().SingleOrDefault(c => c!["name"]!.GetValue<string>() == name);
}
