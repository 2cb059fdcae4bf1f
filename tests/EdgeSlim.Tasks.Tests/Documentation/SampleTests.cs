using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Policy;
using EdgeSlim.Publishing.Modules;

namespace EdgeSlim.Tests.Documentation;

/// <summary>The samples of shell and JSON in the documents. Projects and C# are built by the tests of the targets.</summary>
[TestClass]
public sealed class SampleTests
{
    private static readonly JsonDocumentOptions AsDotnetReads = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [TestMethod]
    public void Each_shell_sample_can_be_parsed()
    {
        IReadOnlyList<(string Document, string Code)> samples = Markdown.AllSamples("bash");
        Assert.IsNotEmpty(samples);
        using TemporaryFolder folder = new();
        Found.Nothing(samples
            .Select((s, i) => (s.Document, Result: Command.Run(folder.Path, "bash", "-n", folder.Write($"{i}.sh", s.Code))))
            .Where(s => s.Result.ExitCode != 0)
            .Select(s => $"{s.Document}: {s.Result.Output}"));
    }

    [TestMethod]
    public void Each_JSON_sample_is_read_as_what_it_is()
    {
        IReadOnlyList<(string Document, string Code)> samples = Markdown.AllSamples("json");
        Assert.IsNotEmpty(samples);
        using TemporaryFolder folder = new();
        foreach ((string document, string code) in samples)
        {
            string path = folder.Write($"{document}.json", code);
            JsonObject sample = JsonNode.Parse(code, documentOptions: AsDotnetReads)!.AsObject();
            if (sample.ContainsKey("modules"))
            {
                Assert.IsNotEmpty(ModulesFile.Read(path, File.ReadAllBytes(path)));
            }
            else if (sample["bases"] is JsonObject)
            {
                CatalogueReader.Read(Path.Combine(RepositoryFiles.Root, "src/EdgeSlim.Sdk/build/bases.json"), path);
            }
            else if (sample.ContainsKey("rules") || sample.ContainsKey("allowedBases") || sample.ContainsKey("exemptions") || sample.ContainsKey("maxBytes"))
            {
                PolicyFile.Read(path);
            }
        }
    }
}
