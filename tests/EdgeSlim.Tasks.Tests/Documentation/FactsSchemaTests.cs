using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
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

    private static IEnumerable<Field> FieldsOfCode() =>
        [.. FieldsOf(FactsJson.Documents.Facts, "facts"), .. FieldsOf(FactsJson.Documents.IndexFacts, "indexFacts")];

    private static IEnumerable<Field> FieldsOf(JsonTypeInfo type, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object => type.Properties.SelectMany(property =>
        {
            string name = $"{path}/{property.Name}";
            bool isOptional = Nullable.GetUnderlyingType(property.PropertyType) is not null
                || (!property.PropertyType.IsValueType && property.IsGetNullable);
            return FieldsOf(TypeInfo(property.PropertyType), name).Prepend(new Field(name, !isOptional));
        }),
        JsonTypeInfoKind.Enumerable => FieldsOf(TypeInfo(type.ElementType!), path),
        _ => [],
    };

    private static JsonTypeInfo TypeInfo(Type type) => FactsJson.Documents.Options.GetTypeInfo(type);

    private static IEnumerable<Field> FieldsOfSchema() =>
        Schema["oneOf"]!.AsArray().SelectMany(d => FieldsOf(d!, d!["$ref"]!.GetValue<string>().Split('/')[^1]));

    private static IEnumerable<Field> FieldsOf(JsonNode schema, string path)
    {
        JsonNode definition = Follow(schema);
        if (definition["items"] is JsonNode items)
        {
            return FieldsOf(items, path);
        }

        HashSet<string> required = [.. definition["required"]?.AsArray().Select(n => n!.GetValue<string>()) ?? []];
        return (definition["properties"]?.AsObject() ?? []).SelectMany(property =>
        {
            string name = $"{path}/{property.Key}";
            return FieldsOf(property.Value!, name).Prepend(new Field(name, required.Contains(property.Key)));
        });
    }

    private static JsonNode Follow(JsonNode schema) =>
        schema["$ref"] is JsonNode reference
            ? Schema["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]!
            : schema;

    private static Facts Example() => new()
    {
        Publish = null!,
        Analysis = null!,
        Payload = null!,
        Needs = null!,
        Source = null!,
        Image = null!,
        Verification = null!,
        Deliveries = [],
    };

    private sealed record Field(string Path, bool IsRequired);
}
