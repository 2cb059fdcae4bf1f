using System.Text.RegularExpressions;

namespace EdgeSlim.Tests;

/// <summary>The stages, one by one, with the real tasks and no compiler.</summary>
[TestClass]
public sealed partial class StageTests
{
    /// <summary>The header of a static executable for x86-64, which is all that there is of it.</summary>
    internal static readonly string Program = "\u007fELF\u0002\u0001\u0001" + new string('\0', 9) + "\u0002\0\u003e\0" + new string('\0', 44);

    [TestMethod]
    public void The_stages_of_EdgeImage_run_in_the_order_of_the_pipeline()
    {
        using EvaluatedProject project = new();
        string[] stages =
            [.. project.Property("_EdgeSlimFinishDependsOn").Split(';').Select(s => s.Trim()).Where(s => s.Length > 0)];

        CollectionAssert.AreEqual(
            new[]
            {
                "Publish", "_EdgeSlimReadCode", "_EdgeSlimAdvise", "_EdgeSlimSlim", "_EdgeSlimNeeds", "_EdgeSlimReadSource", "_EdgeSlimBase",
                "_EdgeSlimCheckRuntime", "_EdgeSlimCheckNeeds", "_EdgeSlimInventory", "_EdgeSlimPlan", "_EdgeSlimDebug", "_EdgeSlimCompose", "_EdgeSlimForgetChecksums", "_EdgeSlimCheckLinks",
                "_EdgeSlimScan", "_EdgeSlimMeasure", "_EdgeSlimBudget", "_EdgeSlimTry", "_EdgeSlimJudge", "_EdgeSlimSbom", "_EdgeSlimCollectFacts", "_EdgeSlimPolicy", "_EdgeSlimGates",
                "_EdgeSlimProvenance", "_EdgeSlimPackSymbols", "_EdgeSlimIndex", "_EdgeSlimDeliver", "_EdgeSlimManifests", "_EdgeSlimReport", "_EdgeSlimChecksums", "_EdgeSlimRememberMode",
                "_EdgeSlimSayRun",
            },
            stages);
    }

    [TestMethod]
    public void A_payload_becomes_a_layout_and_an_unchanged_plan_is_not_composed_again()
    {
        using EvaluatedProject project = Faked();
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        string index = Path.Combine(project.Folder, "bin/edge/oci/index.json");
        DateTime composed = File.GetLastWriteTimeUtc(index);

        CommandResult second = project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();

        Assert.AreEqual(composed, File.GetLastWriteTimeUtc(index));
        Assert.Contains("app:latest (linux/amd64)", second.Output);

        project.Write("App", Program + "another");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        Assert.AreNotEqual(composed, File.GetLastWriteTimeUtc(index));
    }

    [TestMethod]
    public void A_layout_that_was_deleted_is_composed_again()
    {
        using EvaluatedProject project = Faked();
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        Directory.Delete(Path.Combine(project.Folder, "bin/edge/oci"), recursive: true);

        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();

        Assert.IsTrue(File.Exists(Path.Combine(project.Folder, "bin/edge/oci/index.json")));
    }

    [TestMethod]
    public void An_image_that_cannot_start_is_not_delivered()
    {
        using EvaluatedProject project = Faked();
        project.Write("App", "#!/bin/sh\nexit 0\n");
        string archive = Path.Combine(project.Folder, "image.tar");
        string[] arguments = ["_EdgeSlimReport", EvaluatedProject.Publishing, $"-p:ContainerArchiveOutputPath={archive}"];

        project.Build(arguments[0], arguments[1..]).FailsWith("EDGE2011");
        // It is no better for having been looked at.
        project.Build(arguments[0], arguments[1..]).FailsWith("EDGE2011");
        Assert.IsFalse(File.Exists(archive));

        project.Build(arguments[0], [.. arguments[1..], "-p:EdgeLinkCheckIgnore=sh"]).Succeeds();
        Assert.IsTrue(File.Exists(archive));
        project.Build(arguments[0], arguments[1..]).FailsWith("EDGE2011");
    }

    // As 'git checkout', 'cp -a' and restored caches leave it. MSBuild compares times, and these say that nothing changed.
    [TestMethod]
    [DataRow("run")]
    [DataRow("data.txt")]
    public void A_file_that_is_older_but_another_is_in_the_image(string file)
    {
        using EvaluatedProject project = Faked(
            """
            <ItemGroup>
              <ResolvedFileToPublish Include="run" RelativePath="run" />
              <EdgeInclude Include="data.txt" />
            </ItemGroup>
            """);
        project.Write("run", "one");
        project.Write("data.txt", "one");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        string index = Path.Combine(project.Folder, "bin/edge/oci/index.json");
        string before = File.ReadAllText(index);

        File.SetLastWriteTimeUtc(project.Write(file, "two"), DateTime.UtcNow.AddDays(-1));
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        Assert.AreNotEqual(before, File.ReadAllText(index));

        File.SetLastWriteTimeUtc(project.Write(file, "one"), DateTime.UtcNow.AddDays(-2));
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        Assert.AreEqual(before, File.ReadAllText(index));
    }

    [TestMethod]
    public void An_image_is_verified_again_when_it_changed_or_has_warnings()
    {
        using EvaluatedProject project = Faked("""<ItemGroup><ResolvedFileToPublish Include="run" RelativePath="run" /></ItemGroup>""");
        project.Write("run", "not a script yet");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        string verdict = Directory.GetFiles(project.Folder, "link-check.json", SearchOption.AllDirectories).Single();
        DateTime verified = File.GetLastWriteTimeUtc(verdict);
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        Assert.AreEqual(verified, File.GetLastWriteTimeUtc(verdict));

        project.Write("run", "#!/bin/sh\n");
        Assert.Contains("warning EDGE2011", project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds().Output);
        Assert.Contains("warning EDGE2011", project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds().Output);
        Assert.Contains("EDGE2011", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));
    }

    [TestMethod]
    public void A_debug_image_is_made_beside_the_image_which_stays_the_same()
    {
        Command.Require("busybox", "busybox-static");
        using EvaluatedProject project = Faked(
            """
            <Target Name="Show" DependsOnTargets="_EdgeSlimReport">
              <Message Importance="high" Text="shown: %(EdgeImage.IsDebug) %(EdgeImage.Tags) %(EdgeImage.Layout) $(GeneratedContainerDigest) @(EdgeImage)" />
            </Target>
            """);
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        string index = Path.Combine(project.Folder, "bin/edge/oci/index.json");
        string before = File.ReadAllText(index);
        DateTime composed = File.GetLastWriteTimeUtc(index);

        string output = project.Build("Show", EvaluatedProject.Publishing, "-p:EdgeDebugImage=true").Succeeds().Output;

        Assert.AreEqual(before, File.ReadAllText(index));
        Assert.AreEqual(composed, File.GetLastWriteTimeUtc(index));
        Assert.Contains("app:latest-debug (for debugging)", output);
        string digest = before.Split("\"digest\":\"")[1].Split('"')[0];
        Assert.Contains($"shown: false latest {Path.Combine(project.Folder, "bin/edge/oci")} {digest} app@{digest}", output);
        Assert.Contains($"shown: true latest-debug {Path.Combine(project.Folder, "bin/edge/debug/oci")} {digest} app@sha256:", output);
        string twin = Path.Combine(project.Folder, "bin/edge/debug/oci/index.json");
        Assert.DoesNotContain(digest, File.ReadAllText(twin));
        DateTime twinComposed = File.GetLastWriteTimeUtc(twin);

        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, "-p:EdgeDebugImage=true").Succeeds();
        Assert.AreEqual(twinComposed, File.GetLastWriteTimeUtc(twin));
        Assert.Contains("\"debug\": {", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));

        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        Assert.DoesNotContain("\"debug\": {", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));
    }

    [TestMethod]
    [DataRow("-p:EdgeDebugImage=both")]
    [DataRow("-p:EdgeDebugBase=scratch")]
    [DataRow("-p:EdgeOptimize=Most")]
    [DataRow("-p:EdgeMode=jit")]
    [DataRow("-p:EdgeMaxImageSize=huge")]
    [DataRow("-p:EdgeMaxGrowth=some")]
    public void A_value_that_is_none_is_refused_in_every_mode(string property)
    {
        using EvaluatedProject project = new();
        project.Build("BeforeBuild", EvaluatedProject.Publishing, "-p:PublishAot=false", property).FailsWith("EDGE9004");
    }

    [TestMethod]
    public void An_image_over_its_budget_is_reported_on_and_not_delivered()
    {
        using EvaluatedProject project = Faked();
        string archive = Path.Combine(project.Folder, "image.tar");
        string summary = Path.Combine(project.Folder, "step-summary.md");
        string[] arguments = [EvaluatedProject.Publishing, $"-p:ContainerArchiveOutputPath={archive}"];
        string page = Path.Combine(project.Folder, "bin/edge/report.html");
        project.Environment["GITHUB_STEP_SUMMARY"] = summary;
        CommandResult result = project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeMaxImageSize=100"]).FailsWith("EDGE5004");
        Assert.Contains("App 64 B", result.Output);
        Assert.IsFalse(File.Exists(archive));
        Assert.IsTrue(File.Exists(page));
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "bin/edge/facts.json")));
        // It is no smaller for having been reported on.
        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeMaxImageSize=100"]).FailsWith("EDGE5004");

        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeMaxImageSize=1MB", "-p:EdgeMaxGrowth=5%"]).Succeeds();
        Assert.IsTrue(File.Exists(archive));
        Assert.Contains("\"deliveries\":[{", File.ReadAllText(page));

        // The next run says that the archive was there already; from then on there is nothing new to say.
        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeMaxImageSize=1MB", "-p:EdgeMaxGrowth=5%"]).Succeeds();
        int said = File.ReadAllText(summary).Split("## app").Length;
        DateTime written = File.GetLastWriteTimeUtc(page);
        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeMaxImageSize=1MB", "-p:EdgeMaxGrowth=5%"]).Succeeds();
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(page));
        Assert.HasCount(said, File.ReadAllText(summary).Split("## app"));

        string old = Path.Combine(project.Folder, "old-report.json");
        File.Copy(Path.Combine(project.Folder, "bin/edge/report.json"), old);
        project.Write("App", Program + string.Concat(Enumerable.Range(0, 900).Select(i => (i * i).ToString("x", System.Globalization.CultureInfo.InvariantCulture))));
        result = project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeMaxGrowth=5%", $"-p:EdgeCompareWith={old}"]).FailsWith("EDGE5005");
        Assert.Contains("App", result.Output);
        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeMaxGrowth=10KB", $"-p:EdgeCompareWith={old}"]).Succeeds();
        project.Build("_EdgeSlimReport", [.. arguments, $"-p:EdgeCompareWith={Path.Combine(project.Folder, "App")}"]).FailsWith("EDGE5003");
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void Several_registries_get_the_image_and_a_file_its_digest()
    {
        using DockerRegistry first = DockerRegistry.Start();
        using DockerRegistry second = DockerRegistry.Start();
        using EvaluatedProject project = Faked();
        string[] arguments =
            [EvaluatedProject.Publishing, $"-p:ContainerRegistry=\"{first.Address};{second.Address}\"", "-p:EdgeDigestFile=out/digest.txt", $"-p:EdgeCacheDir={project.Folder}/cache"];
        string output = project.Build("_EdgeSlimReport", arguments).Succeeds().Output;

        string digest = File.ReadAllText(Path.Combine(project.Folder, "bin/edge/oci/index.json")).Split("\"digest\":\"")[1].Split('"')[0];
        Assert.AreEqual(
            $"{first.Address}/app@{digest}\n{second.Address}/app@{digest}\n", File.ReadAllText(Path.Combine(project.Folder, "out/digest.txt")));
        Assert.Contains($"{second.Address}/app:latest", output);
        int[] before = [first.Requests.Count, second.Requests.Count];

        project.Build("_EdgeSlimReport", arguments).Succeeds();
        // Nothing changed: one question to each, and no byte of a blob.
        Assert.AreEqual("HEAD", string.Join(' ', first.Requests.Skip(before[0]).Select(r => r.Method)));
        Assert.AreEqual("HEAD", string.Join(' ', second.Requests.Skip(before[1]).Select(r => r.Method)));
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void The_tag_of_a_commit_is_not_moved_and_the_digest_file_stays()
    {
        using DockerRegistry registry = DockerRegistry.Start();
        using EvaluatedProject project = Faked();
        string[] arguments =
        [
            EvaluatedProject.Publishing, $"-p:ContainerRegistry={registry.Address}", "-p:EdgeDigestFile=digest.txt",
            $"-p:EdgeCacheDir={project.Folder}/cache",
        ];
        project.Environment["GITHUB_SHA"] = new string('a', 40);
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        string before = File.ReadAllText(Path.Combine(project.Folder, "digest.txt"));

        project.Write("App", Program + "another");
        string archive = Path.Combine(project.Folder, "image.tar");
        string refused = project.Build("_EdgeSlimReport", [.. arguments, $"-p:ContainerArchiveOutputPath={archive}"]).FailsWith("EDGE4015").Output;

        Assert.Contains(before.Trim().Split('@')[1], refused);
        Assert.AreEqual(before, File.ReadAllText(Path.Combine(project.Folder, "digest.txt")));
        Assert.IsFalse(File.Exists(archive));
        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeMutableTags=aaaa*"]).Succeeds();
        Assert.AreNotEqual(before, File.ReadAllText(Path.Combine(project.Folder, "digest.txt")));
    }

    [TestMethod]
    [DataRow("-p:EdgeUploadChunkSize=5 MB", "EDGE9004")]
    [DataRow("-p:EdgeRegistryParallelism=0", "EDGE9004")]
    [DataRow("-p:EdgeRegistryCaFile=no-such.pem", "EDGE4014")]
    [DataRow("-p:EdgeLoad=rkt", "EDGE9004")]
    [DataRow("-p:ContainerRegistry=https://x", "EDGE4005")]
    public void A_setting_of_the_delivery_that_is_none_is_refused(string property, string code)
    {
        using EvaluatedProject project = Faked();
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, property).FailsWith(code);
    }

    [TestMethod]
    public void Outputs_are_set_as_the_inbox_container_support_sets_them()
    {
        using EvaluatedProject project = Faked(
            """
            <Target Name="Show" DependsOnTargets="_EdgeSlimDeliver">
              <Message Importance="high" Text="shown: $(GeneratedContainerDigest)|$(GeneratedContainerMediaType)|@(EdgeImage)|%(EdgeImage.Tags)" />
            </Target>
            """);
        string output = project.Build("Show", EvaluatedProject.Publishing).Succeeds().Output;

        Assert.MatchesRegex(Shown(), output);
    }

    [TestMethod]
    [DataRow("win-x64")]
    [DataRow("osx-arm64")]
    public void A_platform_that_is_not_linux_is_refused(string runtimeIdentifier)
    {
        using EvaluatedProject project = Faked();
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, $"-p:RuntimeIdentifier={runtimeIdentifier}").FailsWith("EDGE9004");
    }

    /// <summary>A project whose publish is a file that is there already.</summary>
    internal static EvaluatedProject Faked(string more = "")
    {
        EvaluatedProject project = new(
            "<OutputType>Exe</OutputType><OutDir>bin/</OutDir><PublishDir>bin/publish/</PublishDir>",
            body: """
                <ItemGroup><ResolvedFileToPublish Include="App" RelativePath="App" /></ItemGroup>
                """ + more);
        project.Write("App", Program);
        return project;
    }

    [GeneratedRegex(@"shown: sha256:[0-9a-f]{64}\|application/vnd\.oci\.image\.manifest\.v1\+json\|app@sha256:[0-9a-f]{64}\|latest")]
    private static partial Regex Shown();
}
