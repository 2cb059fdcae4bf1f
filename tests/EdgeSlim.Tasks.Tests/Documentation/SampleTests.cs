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
    [TestCategory(TestKinds.Long)]
    public void Each_shell_sample_can_be_parsed()
    {
        IReadOnlyList<(string Document, string Code)> samples = Markdown.AllSamples("bash");
        Assert.IsNotEmpty(samples);
        using TemporaryFolder folder = new();
        foreach ((int i, (string document, string code)) in samples.Index())
        {
            folder.Write($"{i} of {document.Replace('/', '_')}.sh", code);
        }

        // One shell that goes through them: their names are in what it says.
        Command.Run(folder.Path, "bash", "-c", "status=0; for sample in *.sh; do bash -n \"$sample\" || status=1; done; exit $status").Succeeds();
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
