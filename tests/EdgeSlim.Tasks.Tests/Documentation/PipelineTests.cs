using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace EdgeSlim.Tests.Documentation;

/// <summary>The pipelines of <c>samples/ci</c>, held against what the SDK has.</summary>
[TestClass]
public sealed partial class PipelineTests
{
    private static readonly string[] Stages = ["build", "test", "staging", "production"];

    public static IEnumerable<string> Pipelines =>
        ["github/edge-image.yml", "gitlab/.gitlab-ci.yml", "azure/azure-pipelines.yml", "jenkins/Jenkinsfile"];

    [TestMethod]
    public void Each_pipeline_of_the_samples_is_looked_at() => CollectionAssert.AreEquivalent(
        Pipelines.Append("README.md").ToArray(),
        Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "samples/ci"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(RepositoryFiles.Root, "samples/ci"), f)).ToArray());

    [TestMethod]
    [DynamicData(nameof(Pipelines))]
    public void Each_target_and_property_exists(string pipeline)
    {
        string text = Read(pipeline);
        string[] targets = [.. Target().Matches(text).Select(m => m.Groups["name"].Value)];
        string[] properties =
            [.. Property().Matches(text).Concat(Variable().Matches(text)).Select(m => m.Groups["name"].Value)];

        Assert.IsNotEmpty(targets);
        Assert.IsNotEmpty(properties);
        Found.Nothing(targets.Except(PublicNames.Targets));
        Found.Nothing(properties.Except(PublicNames.PropertiesAndItems).Except(PublicNames.ContainerProperties));
    }

    [TestMethod]
    [DynamicData(nameof(Pipelines))]
    public void The_image_is_built_once_and_promoted_by_its_digest(string pipeline)
    {
        string[] targets = [.. Target().Matches(Read(pipeline)).Select(m => m.Groups["name"].Value)];

        CollectionAssert.AreEqual(new[] { "EdgeImage", "EdgePromote", "EdgePromote" }, targets);
        Assert.HasCount(3, Read(pipeline).Split("head -n 1") is { Length: > 2 } uses ? uses : Read(pipeline).Split("needs.build.outputs.image"));
    }

    [TestMethod]
    [DynamicData(nameof(Pipelines))]
    public void The_stages_come_in_their_order_and_what_is_found_is_published(string pipeline)
    {
        string text = Read(pipeline);
        int[] places = [.. Stages.Select(stage => Stage(stage).Match(text)).Select(m => m.Success ? m.Index : -1)];

        CollectionAssert.DoesNotContain(places, -1);
        CollectionAssert.AreEqual(places.Order().ToArray(), places);
        foreach (string part in new[] { "junit", "scan.sarif", "report.", ".cache/nuget", ".cache/edgeslim", "digest.txt" })
        {
            Assert.Contains(part, text);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Pipelines))]
    public void Each_pipeline_can_be_parsed(string pipeline)
    {
        string text = Read(pipeline);
        if (pipeline.EndsWith("Jenkinsfile", StringComparison.Ordinal))
        {
            foreach ((char open, char close) in new[] { ('{', '}'), ('(', ')'), ('[', ']') })
            {
                Assert.AreEqual(text.Count(c => c == open), text.Count(c => c == close), $"{open}{close}");
            }

            Assert.AreEqual(0, (text.Split("'''").Length - 1) % 2);
            Assert.StartsWith("pipeline {", text);
            return;
        }

        YamlStream stream = [];
        stream.Load(new StringReader(text));
        var root = (YamlMappingNode)stream.Documents.Single().RootNode;
        Assert.IsNotEmpty(root.Children);
        // Duplicate keys are refused by the reader; a command that was cut is not.
        foreach (string command in root.AllNodes.OfType<YamlScalarNode>().Select(n => n.Value ?? "").Where(c => c.Contains("dotnet ", StringComparison.Ordinal)))
        {
            Assert.AreEqual(0, command.Count(c => c == '"') % 2, command);
            Assert.DoesNotContain("\n", command.Trim());
        }
    }

    private static string Read(string pipeline) => RepositoryFiles.Read($"samples/ci/{pipeline}");

    private static Regex Stage(string name) => new($@"(?m)^( *- stage: |  stage: |  |    stage\(')({name})('?\)? ?\{{?|:)?\r?$");

    [GeneratedRegex(@"-t:(?<name>\w+)")]
    private static partial Regex Target();

    [GeneratedRegex(@"-p:(?<name>\w+)=")]
    private static partial Regex Property();

    [GeneratedRegex(@"\b(?<name>Edge[A-Z]\w+)\b(?=\s*[:=])")]
    private static partial Regex Variable();
}
