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
        string[] there = [.. Directory.GetFiles(edge, "*", SearchOption.AllDirectories).Append(archive)
            .Where(f => f != sums && Path.GetExtension(f) is not (".lock" or ".edgeslim") && !f.Contains("/results/", StringComparison.Ordinal))];
        CollectionAssert.AreEquivalent(there, named);

        // The next run says that the archive was there already; from then on there is nothing new to say.
        project.Build("_EdgeSlimChecksums", arguments).Succeeds();
        byte[] before = File.ReadAllBytes(sums);
        DateTime written = File.GetLastWriteTimeUtc(sums);
        project.Build("_EdgeSlimChecksums", arguments).Succeeds();
        CollectionAssert.AreEqual(before, File.ReadAllBytes(sums));
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(sums));
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
    [TestCategory(TestKinds.Registry)]
    public void Provenance_symbols_and_bills_of_materials_are_kept_beside_the_image_once_the_gates_have_passed()
    {
        using DockerRegistry registry = DockerRegistry.Start();
        using EvaluatedProject project = StageTests.Faked(WithSymbols);
        project.Write("App.pdb", "symbols");
        project.Write("bin/edge/Debug/net10.0/linux-x64/publish/App", StageTests.Program);
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
            new[]
            {
                "application/vnd.cyclonedx+json", "application/vnd.in-toto+json", "application/vnd.edgeslim.symbols.v1",
                "application/vnd.edgeslim.report.v1+json",
            },
            referrers.RootElement.GetProperty("manifests").EnumerateArray().Select(m => m.GetProperty("artifactType").GetString()).ToArray());
        JsonElement delivery = JsonDocument.Parse(File.ReadAllText(Path.Combine(edge, "facts.json"))).RootElement.GetProperty("deliveries")[0];
        Assert.AreEqual(4, delivery.GetProperty("attached").GetArrayLength());

        // As docs/supply-chain.md says.
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
        project.Build("BeforeBuild", EvaluatedProject.Publishing, "-p:EdgeProvenance=maybe").FailsWith("EDGE9004");
        project.Build("BeforeBuild", EvaluatedProject.Publishing, "-p:EdgePushSymbols=some").FailsWith("EDGE9004");
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void What_is_pushed_is_signed_once_and_a_signature_that_fails_fails_the_build()
    {
        using DockerRegistry registry = DockerRegistry.Start(("me", "s3cret-word"));
        using EvaluatedProject project = StageTests.Faked();
        project.Environment["EDGESLIM_REGISTRY_USERNAME"] = "me";
        project.Environment["EDGESLIM_REGISTRY_PASSWORD"] = "s3cret-word";
        project.Environment["COSIGN_PASSWORD"] = "key-word";
        project.Environment["GITHUB_WORKFLOW_REF"] = null;
        project.Environment["CI_CONFIG_REF_URI"] = null;
        project.Write("keys/cosign.key", "private");
        project.Write("keys/cosign.pub", "public");
        string asked = Path.Combine(project.Folder, "asked");
        // It sees the image in the registry, logs in as whoever pushed it, and gets the key's password from the environment alone.
        project.Write("tools/cosign", $$"""
            #!/bin/sh
            for last; do :; done
            echo "$*" >> {{asked}}
            [ "$1" = verify ] && exec grep -qF "$last" {{project.Folder}}/signed
            [ -e {{project.Folder}}/broken ] && { echo 'signing: no key' >&2; exit 1; }
            [ "$COSIGN_PASSWORD" = key-word ] && skopeo inspect --raw --tls-verify=false --authfile "$DOCKER_CONFIG/config.json" "docker://$last" >/dev/null && echo "$last" >> {{project.Folder}}/signed

            """);
        Command.Run(project.Folder, "chmod", "+x", "tools/cosign").Succeeds();
        string[] arguments =
        [
            EvaluatedProject.Publishing, $"-p:ContainerRegistry={registry.Address}", $"-p:EdgeCacheDir={project.Folder}/cache",
            "-p:EdgeSign=tools/cosign", "-p:EdgeSignKey=keys/cosign.key",
        ];

        project.Build("_EdgeSlimChecksums", [.. arguments, "-p:EdgeMaxImageSize=100"]).FailsWith("EDGE5004");
        Assert.IsFalse(File.Exists(asked));

        project.Write("broken", "");
        Assert.Contains("signing: no key", project.Build("_EdgeSlimChecksums", arguments).FailsWith("EDGE5111").Output);
        File.Delete(Path.Combine(project.Folder, "broken"));
        File.Delete(asked);

        string output = project.Build("_EdgeSlimChecksums", arguments).Succeeds().Output;
        string[] lines = File.ReadAllLines(asked);
        string digest = File.ReadAllText(Path.Combine(project.Folder, "bin/edge/oci/index.json")).Split("\"digest\":\"")[1].Split('"')[0];
        string key = Path.Combine(project.Folder, "keys/cosign.key");
        Assert.Contains($"sign --yes --key {key} --allow-http-registry {registry.Address}/app@{digest}", lines);
        Assert.Contains($"verify --output json --key {Path.ChangeExtension(key, ".pub")} --allow-http-registry {registry.Address}/app@{digest}", lines);
        Assert.IsFalse(lines.Any(l => l.Contains("word", StringComparison.Ordinal)), "A secret is on a command line.");
        Assert.DoesNotContain("s3cret-word", output);
        Assert.HasCount(2, lines.Where(l => l.StartsWith("sign", StringComparison.Ordinal)).Select(l => l.Split(' ')[^1]).Distinct());
        Assert.Contains("\"signedBy\": \"cosign\"", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));

        File.Delete(asked);
        project.Build("_EdgeSlimChecksums", arguments).Succeeds();
        Assert.IsFalse(File.Exists(asked), "Nothing changed, and nothing is signed again.");

        // Another machine, which has no note of it: the signature that is there is good enough.
        File.Delete(Directory.GetFiles(project.Folder, "delivered.txt", SearchOption.AllDirectories).Single());
        project.Build("_EdgeSlimChecksums", arguments).Succeeds();
        Assert.IsTrue(File.ReadAllLines(asked).All(l => l.StartsWith("verify ", StringComparison.Ordinal)));

        project.Build("_EdgeSlimChecksums", [.. arguments, "-p:EdgeSign=notation"]).FailsWith("EDGE5110");
        project.Build("_EdgeSlimChecksums", [.. arguments, "-p:EdgeSignKey="]).FailsWith("EDGE5114");
        project.Build("_EdgeSlimChecksums", [.. arguments, "-p:EdgeSignTimeout=soon"]).FailsWith("EDGE9004");
    }
}
