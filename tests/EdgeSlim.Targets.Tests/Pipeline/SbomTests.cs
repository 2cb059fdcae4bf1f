using System.Text.Json;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>What an image says of itself to the real scanner, and what comes of what that finds.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
[TestCategory(TestKinds.Long)]
public sealed class SbomTests
{
    [TestMethod]
    public void The_scanner_finds_what_is_compiled_in()
    {
        Command.Require(Trivy.Program, "trivy");
        using TemporaryFolder folder = new();
        using PublishedProject project = new(Apps.Careless);
        project.Commit();
        string archive = folder["agent.tar"];

        // Found through the document in the image, and not let pass.
        CommandResult refused = project.EdgeImage(
            $"-p:EdgeScanner={Trivy.Program}", $"-p:EdgeScanDatabase={Trivy.Database(folder["cache"])}", "-p:EdgeScanFailOn=HIGH",
            $"-p:ContainerArchiveOutputPath={archive}", "-p:EdgeSbomFormat=both");
        refused.FailsWith("EDGE5030");
        Assert.Contains("Newtonsoft.Json 12.0.3 has CVE-2024-21907 (HIGH), which is mended in 13.0.1", refused.Output);
        Assert.IsFalse(File.Exists(archive));
        JsonElement report = Trivy.Scan(project.Layout);
        Assert.AreEqual("CVE-2024-21907", string.Join(' ', Found(report)));
        CollectionAssert.IsSubsetOf(new[] { "Newtonsoft.Json", "Microsoft.NETCore.App.Runtime.linux-x64" }, Packages(report));
        Assert.AreEqual("required", Component(project, "Newtonsoft.Json").GetProperty("scope").GetString());
        Assert.AreEqual("MIT", Component(project, "Newtonsoft.Json").GetProperty("licenses")[0].GetProperty("expression").GetString());
        Assert.Contains("linked in: libc.a", Component(project, "libc6-dev").GetRawText());

        // A package that the AOT compiler took nothing of is restored, and not in the image.
        Assert.AreEqual("excluded", Component(project, "HdrHistogram").GetProperty("scope").GetString());
        Assert.DoesNotContain("HdrHistogram", Packages(report));

        // Without the document a scanner finds nothing, and the image passes for clean.
        project.EdgeImage("-p:EdgeEmbedSbom=false").Succeeds();
        Assert.IsEmpty(Found(Trivy.Scan(project.Layout)));
    }

    [TestMethod]
    public void What_is_trimmed_away_does_not_count()
    {
        Command.Require(Trivy.Program, "trivy");
        using TemporaryFolder folder = new();
        using PublishedProject project = new(Apps.Emitter);
        project.Commit();
        GlibcBase.Create(folder["base"]);
        string archive = folder["agent.tar"];
        string asked = folder.Write("asked", "");
        string scanner = folder.WriteProgram("trivy", $"#!/bin/sh\necho >> {asked}\nexec {Trivy.Program} \"$@\"\n");
        string[] scan =
        [
            $"-p:EdgeScanner={scanner}", $"-p:EdgeScanDatabase={Trivy.Database(folder["cache"])}", "-p:EdgeScanFailOn=HIGH",
            $"-p:ContainerArchiveOutputPath={archive}", $"-p:ContainerBaseImage=oci:{folder["base"]}",
        ];

        // Said, and let pass.
        CommandResult passed = project.EdgeImage(scan).Succeeds();
        Assert.Contains("Not in the image: Newtonsoft.Json 12.0.3 has CVE-2024-21907", passed.Output);
        Assert.IsTrue(File.Exists(archive));
        Assert.IsEmpty(Found(Trivy.Scan(project.Layout)));
        Assert.AreEqual("excluded", Component(project, "Newtonsoft.Json").GetProperty("scope").GetString());
        JsonElement statement = Document(project).GetProperty("vulnerabilities")[0];
        Assert.AreEqual("CVE-2024-21907", statement.GetProperty("id").GetString());
        Assert.AreEqual("code_not_present", statement.GetProperty("analysis").GetProperty("justification").GetString());

        // Nothing is asked again.
        int questions = File.ReadAllLines(asked).Length;
        Assert.IsGreaterThan(0, questions);
        project.EdgeImage(scan).Succeeds();
        Assert.HasCount(questions, File.ReadAllLines(asked));
    }

    [TestMethod]
    [Rotating(9)]
    [TestCategory(TestKinds.Registry)]
    public void The_image_that_the_NET_SDK_makes_of_the_same_executable_says_nothing_to_a_scanner_and_passes_for_clean()
    {
        Command.Require(Trivy.Program, "trivy");
        using TemporaryFolder folder = new();
        using PublishedProject project = new(Apps.Careless);
        using DockerRegistry registry = DockerRegistry.Start();
        // The .NET SDK speaks http to this name alone.
        string address = registry.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        GlibcBase.Create(folder["base"]);
        Command.Run("/", "skopeo", "copy", "--quiet", "--dest-tls-verify=false", $"oci:{folder["base"]}:base", $"docker://{address}/base:1").Succeeds();
        project.Publish(
            "Publish;PublishContainer", LoggerVerbosity.Minimal, $"-p:ContainerBaseImage={address}/base:1",
            $"-p:ContainerRegistry={address}", "-p:ContainerRepository=in-box", "-p:ContainerImageTag=1").Succeeds();
        string inBox = folder["in-box"];
        Command.Run("/", "skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{address}/in-box:1", $"oci:{inBox}:1").Succeeds();
        Assert.IsEmpty(Found(Trivy.Scan(inBox)));
    }

    private static string[] Found(JsonElement report) => [.. Results(report, "Vulnerabilities").Select(v => v.GetProperty("VulnerabilityID").GetString()!)];

    private static string[] Packages(JsonElement report) => [.. Results(report, "Packages").Select(p => p.GetProperty("Name").GetString()!)];

    private static IEnumerable<JsonElement> Results(JsonElement report, string what) =>
        report.TryGetProperty("Results", out JsonElement results)
            ? results.EnumerateArray().SelectMany(r => r.TryGetProperty(what, out JsonElement items) ? items.EnumerateArray().ToArray() : [])
            : [];

    private static JsonElement Component(PublishedProject project, string name) =>
        Document(project).GetProperty("components").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    private static JsonElement Document(PublishedProject project) =>
        ImageOutput.Read(Path.Combine(project.EdgeFolder, "sbom.cdx.json"));
}
