using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>What is written and kept beside an image: checksums, provenance, symbols.</summary>
[TestClass]
public sealed class SupplyChainTests
{
    private const string WithSymbols = """<ItemGroup><ResolvedFileToPublish Include="App.pdb" RelativePath="App.pdb" /></ItemGroup>""";

    [TestMethod]
    public void Checksums_are_of_all_that_is_left_and_stay_where_nothing_changed()
    {
        using EvaluatedProject project = StageTests.Faked();
        string archive = Path.Combine(project.Folder, "image.tar");
        string[] arguments = [EvaluatedProject.Publishing, $"-p:ContainerArchiveOutputPath={archive}", "-p:EdgeSbomFormat=both"];
        project.Build("_EdgeSlimChecksums", arguments).Succeeds();
        string edge = Path.Combine(project.Folder, "bin/edge");
        string sums = Path.Combine(edge, "SHA256SUMS");

        Command.Run(edge, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS").Succeeds();
        string[] named = [.. File.ReadLines(sums).Select(l => Path.GetFullPath(Path.Combine(edge, l[66..])))];
        string[] there = [.. Directory.GetFiles(edge, "*", SearchOption.AllDirectories).Append(archive).Where(f => f != sums)];
        CollectionAssert.AreEquivalent(there, named);

        byte[] before = File.ReadAllBytes(sums);
        DateTime written = File.GetLastWriteTimeUtc(sums);
        project.Build("_EdgeSlimChecksums", arguments).Succeeds();
        CollectionAssert.AreEqual(before, File.ReadAllBytes(sums));
        Command.Run(edge, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS").Succeeds();

        // Those of an image that was delivered are not left beside one that was not.
        project.Build("_EdgeSlimChecksums", [.. arguments, "-p:EdgeMaxImageSize=100"]).FailsWith("EDGE5004");
        Assert.IsFalse(File.Exists(sums));
        Assert.IsFalse(File.Exists(Path.Combine(edge, "provenance.json")));
        project.Build("_EdgeSlimChecksums", arguments).Succeeds();
        Assert.IsTrue(File.Exists(sums));
        Assert.AreNotEqual(written, File.GetLastWriteTimeUtc(sums));
    }

    [TestMethod]
    public void Provenance_symbols_and_bills_of_materials_are_kept_beside_the_image_once_the_gates_have_passed()
    {
        using DockerRegistry registry = DockerRegistry.Start();
        using EvaluatedProject project = StageTests.Faked(WithSymbols);
        project.Write("App.pdb", "symbols");
        project.Write("bin/publish/App", StageTests.Program);
        project.Environment["GITHUB_SHA"] = new string('a', 40);
        project.Environment["CI_PROJECT_URL"] = "https://git.example.com/acme/app";
        project.Environment["CI_RUNNER_ID"] = "7";
        project.Environment["EDGESLIM_REGISTRY_PASSWORD"] = "pass-of-the-registry";
        string[] arguments =
        [
            EvaluatedProject.Publishing, $"-p:ContainerRegistry={registry.Address}", "-p:EdgePushSymbols=true", $"-p:EdgeCacheDir={project.Folder}/cache",
        ];

        project.Build("_EdgeSlimChecksums", [.. arguments, "-p:EdgeMaxImageSize=100"]).FailsWith("EDGE5004");
        Assert.IsFalse(registry.Requests.Any(r => r.IsBlobUpload || r.IsManifestWrite));

        project.Build("_EdgeSlimChecksums", arguments).Succeeds();
        string edge = Path.Combine(project.Folder, "bin/edge");
        string digest = File.ReadAllText(Path.Combine(edge, "oci/index.json")).Split("\"digest\":\"sha256:")[1].Split('"')[0];
        string text = File.ReadAllText(Path.Combine(edge, "provenance.json"));
        JsonElement statement = JsonDocument.Parse(text).RootElement;
        Assert.AreEqual(digest, statement.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString());
        Assert.AreEqual(
            "https://git.example.com/acme/app/-/runners/7",
            statement.GetProperty("predicate").GetProperty("runDetails").GetProperty("builder").GetProperty("id").GetString());
        Assert.Contains(new string('a', 40), text);
        Assert.DoesNotContain(project.Folder, text);
        Assert.DoesNotContain("pass-of-the-registry", text);

        using JsonDocument referrers = JsonDocument.Parse(Command.Run(
            project.Folder, "skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{registry.Address}/app:sha256-{digest}").Succeeds().Output);
        CollectionAssert.AreEquivalent(
            new[] { "application/vnd.cyclonedx+json", "application/vnd.in-toto+json", "application/vnd.edgeslim.symbols.v1" },
            referrers.RootElement.GetProperty("manifests").EnumerateArray().Select(m => m.GetProperty("artifactType").GetString()).ToArray());
        JsonElement delivery = JsonDocument.Parse(File.ReadAllText(Path.Combine(edge, "facts.json"))).RootElement.GetProperty("deliveries")[0];
        Assert.AreEqual(3, delivery.GetProperty("attached").GetArrayLength());

        // As docs/provenance.md says.
        string symbols = delivery.GetProperty("attached").EnumerateArray()
            .Single(a => a.GetProperty("artifactType").GetString() == "application/vnd.edgeslim.symbols.v1").GetProperty("digest").GetString()!;
        string fetched = Path.Combine(project.Folder, "fetched");
        Command.Run(project.Folder, "skopeo", "copy", "--src-tls-verify=false", $"docker://{registry.Address}/app@{symbols}", $"dir:{fetched}").Succeeds();
        string blob = Directory.GetFiles(fetched).Single(f => new FileInfo(f) is { Length: > 20 } file && file.Name.Length == 64 && File.ReadAllBytes(f)[0] == 0x1f);
        Assert.AreEqual("symbols", Command.Run(project.Folder, "tar", "-xzOf", blob, "App.pdb").Succeeds().Output.Trim());

        // Nothing changed: one question, and the same bytes.
        int before = registry.Requests.Count;
        project.Build("_EdgeSlimChecksums", arguments).Succeeds();
        Assert.AreEqual("HEAD", string.Join(' ', registry.Requests.Skip(before).Select(r => r.Method)));
        Assert.AreEqual(text, File.ReadAllText(Path.Combine(edge, "provenance.json")));

        project.Build("_EdgeSlimChecksums", [.. arguments, "-p:EdgeBuilderId=the machine below my desk"]).FailsWith("EDGE9004");
    }
}
