using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace EdgeSlim.Tests.Documentation;

/// <summary>The samples of shell and JSON in the documents. Projects and C# are built by the tests of the targets.</summary>
[TestClass]
public sealed class SampleTests
{
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };

    private static readonly string[] PolicyKeys = ["rules", "allowedBases", "exemptions", "maxBytes", "requiredLabels"];

    [TestMethod]
    public async Task Each_shell_sample_can_be_parsed()
    {
        IReadOnlyList<(string Document, string Code)> samples = Markdown.AllSamples("bash");
        Assert.IsNotEmpty(samples);
        using TemporaryFolder folder = new();
        string[] broken = await Task.WhenAll(samples.Select((s, i) => Task.Run(() =>
        {
            CommandResult result = Command.Run(folder.Path, "bash", "-n", folder.Write($"{i}.sh", s.Code));
            return result.ExitCode == 0 ? "" : $"{s.Document}: {result.Output}";
        })));
        Found.Nothing(broken.Where(b => b.Length > 0));
    }

    [TestMethod]
    public async Task Each_JSON_sample_is_what_its_schema_says()
    {
        IReadOnlyList<(string Document, string Code)> samples = Markdown.AllSamples("json");
        Assert.IsNotEmpty(samples);
        foreach ((string document, string code) in samples)
        {
            JsonObject sample = JsonNode.Parse(code, documentOptions: WithComments)!.AsObject();
            if (SchemaOf(sample) is string path)
            {
                JsonSchema schema = await JsonSchema.FromJsonAsync(RepositoryFiles.Read(path));
                Found.Nothing(schema.Validate(code).Select(e => $"{document}: {e}"));
            }
        }
    }

    // A lock file has a list of bases, and no schema.
    private static string? SchemaOf(JsonObject sample) =>
        sample.ContainsKey("modules") ? "docs/edge.modules.schema.json"
        : sample["bases"] is JsonObject ? "docs/bases.schema.json"
        : sample.Any(p => PolicyKeys.Contains(p.Key)) ? "docs/edge.policy.schema.json"
        : null;
}
