using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeSlim.Bases;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Elf;
using EdgeSlim.Git;
using EdgeSlim.Reporting;

namespace EdgeSlim.Tests.Documentation;

[TestClass]
public sealed class FactsSchemaTests
{
    private static JsonObject Schema { get; } =
        JsonNode.Parse(RepositoryFiles.Read("docs/facts.schema.json"))!.AsObject();

    private static SchemaFields[] Fields { get; } =
    [
        new(Schema, "facts", FactsJson.Documents.Facts), new(Schema, "indexFacts", FactsJson.Documents.IndexFacts),
    ];

    [TestMethod]
    public void Each_field_of_the_facts_is_in_the_schema() =>
        Found.Nothing(FieldsOfCode().Select(f => f.Path).Except(FieldsOfSchema().Select(f => f.Path)));

    [TestMethod]
    public void Each_field_of_the_schema_is_in_the_facts() =>
        Found.Nothing(FieldsOfSchema().Select(f => f.Path).Except(FieldsOfCode().Select(f => f.Path)));

    [TestMethod]
    public void A_field_is_required_when_it_is_always_written() =>
        Found.Nothing(FieldsOfSchema().Except(FieldsOfCode()).Concat(FieldsOfCode().Except(FieldsOfSchema())));

    [TestMethod]
    public void No_object_of_the_schema_may_have_other_fields()
    {
        IEnumerable<KeyValuePair<string, JsonNode?>> open = Schema["$defs"]!.AsObject()
            .Where(d => d.Value!["properties"] is not null && d.Value["additionalProperties"]?.GetValue<bool>() != false);

        Found.Nothing(open.Select(d => d.Key));
    }

    [TestMethod]
    public void The_version_of_the_schema_is_the_one_that_is_written() => Assert.AreEqual(
        Example().SchemaVersion,
        Schema["$defs"]!["facts"]!["properties"]!["schemaVersion"]!["const"]!.GetValue<int>());

    [TestMethod]
    public void The_words_of_an_enumeration_are_those_of_the_code()
    {
        IEnumerable<string> origins =
            Enum.GetValues<RevisionOrigin>().Select(o => JsonSerializer.SerializeToNode(o)!.GetValue<string>());

        Assert.AreSequenceEqual(origins, Words("source", "origin"));
        Assert.AreSequenceEqual(Enum.GetNames<ElfMachine>(), Words("payloadFile", "machine"));
        Assert.AreSequenceEqual(Written<LibraryLoading>(), Words("libraryNeed", "loading"));
        Assert.AreSequenceEqual(Written<RungVerdict>(), Words("rung", "verdict"));
        Assert.AreSequenceEqual(Written<EvidenceSource>(), Words("evidence", "source"));
        Assert.AreSequenceEqual(Written<Certainty>(), Words(Schema["$defs"]!["certainty"]!));
        Assert.AreSequenceEqual(KnownNeeds.All, Words(Schema["$defs"]!["needName"]!));
    }

    private static IEnumerable<string> Words(string definition, string property) =>
        Words(Schema["$defs"]![definition]!["properties"]![property]!);

    private static IEnumerable<string> Words(JsonNode schema) => schema["enum"]!.AsArray().Select(w => w!.GetValue<string>());

    private static IEnumerable<string> Written<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(v => JsonSerializer.SerializeToNode(v)!.GetValue<string>());

    private static IEnumerable<SchemaField> FieldsOfCode() => Fields.SelectMany(f => f.OfCode());

    private static IEnumerable<SchemaField> FieldsOfSchema() => Fields.SelectMany(f => f.OfSchema());

    private static Facts Example() => new()
    {
        Publish = null!,
        Analysis = null!,
        Payload = null!,
        Needs = null!,
        Source = null!,
        Image = null!,
        LinkCheck = null!,
        Deliveries = [],
    };
}
