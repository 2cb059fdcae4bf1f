using System.Reflection;
using System.Text.Json.Nodes;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Tests.Documentation;

[TestClass]
public sealed class ReportSchemaTests
{
    private static JsonObject Schema { get; } =
        JsonNode.Parse(RepositoryFiles.Read("docs/report.schema.json"))!.AsObject();

    private static SchemaFields Fields { get; } = new(Schema, "report", ReportJson.Documents.ImageReport);

    [TestMethod]
    public void The_fields_of_the_report_are_those_of_the_schema() =>
        Found.Nothing(Fields.OfSchema().Except(Fields.OfCode()).Concat(Fields.OfCode().Except(Fields.OfSchema())));

    [TestMethod]
    public void The_version_of_the_schema_is_the_one_that_is_written() => Assert.AreEqual(
        ImageReport.Version,
        Schema["$defs"]!["report"]!["properties"]!["schemaVersion"]!["const"]!.GetValue<int>());

    [TestMethod]
    public void The_kinds_of_the_schema_are_those_of_the_code() => Assert.AreSequenceEqual(
        typeof(SizeKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetValue(null)!).Order(StringComparer.Ordinal),
        Schema["$defs"]!["node"]!["properties"]!["kind"]!["enum"]!.AsArray().Select(k => k!.GetValue<string>()).Order(StringComparer.Ordinal));
}
