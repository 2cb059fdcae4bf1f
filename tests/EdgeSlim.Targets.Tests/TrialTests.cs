namespace EdgeSlim.Tests;

/// <summary>The stage of the trial, with a program in the engine's place.</summary>
[TestClass]
public sealed class TrialTests
{
    private const string Engine =
        """
        #!/bin/sh
        here=$(dirname "$0")
        case "$1" in
          load) cat > /dev/null ;;
          start) echo tried >> "$here/log"; exit $(cat "$here/code") ;;
          inspect) echo 2026-01-02T03:04:05Z ;;
        esac
        """;

    [TestMethod]
    public void An_image_is_tried_once_and_again_when_more_is_asked_of_it()
    {
        using TemporaryFolder engine = Fake(exitCode: 0);
        using EvaluatedProject project = StageTests.Faked(
            """
            <ItemGroup>
              <EdgeTrialArgument Include="$(Argument)" />
              <EdgeTrialMount Include="/data" Type="tmpfs" />
            </ItemGroup>
            """);
        string[] arguments = [EvaluatedProject.Publishing, "-p:EdgeTrial=auto", "-p:EdgeTrialExit=true", $"-p:EdgeTrialEngine={engine["docker"]}"];
        Assert.Contains("trial      ready in ", project.Build("_EdgeSlimReport", arguments).Succeeds().Output);
        Assert.Contains("trial      ready in ", project.Build("_EdgeSlimReport", arguments).Succeeds().Output);
        Assert.AreEqual("tried\n", File.ReadAllText(engine["log"]));

        project.Build("_EdgeSlimReport", [.. arguments, "-p:Argument=x"]).Succeeds();
        Assert.AreEqual("tried\ntried\n", File.ReadAllText(engine["log"]));

        // Both questions have an answer.
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        project.Build("_EdgeSlimReport", [.. arguments, "-p:Argument=x"]).Succeeds();
        Assert.AreEqual("tried\ntried\n", File.ReadAllText(engine["log"]));
        project.Build("EdgeTrial", arguments).Succeeds();
        Assert.AreEqual("tried\ntried\ntried\n", File.ReadAllText(engine["log"]));

        Assert.DoesNotContain("trial  ", project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds().Output);
        Assert.DoesNotContain("\"trial\"", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));
    }

    [TestMethod]
    public void An_image_that_was_tried_before_another_is_not_tried_again()
    {
        using TemporaryFolder engine = Fake(exitCode: 0);
        using EvaluatedProject project = StageTests.Faked();
        string[] arguments = [EvaluatedProject.Publishing, "-p:EdgeTrial=auto", "-p:EdgeTrialExit=true", $"-p:EdgeTrialEngine={engine["docker"]}"];
        string Digest() => File.ReadAllText(Path.Combine(project.Folder, "bin/edge/trial.junit.xml")).Split("sha256:")[1].Split('"')[0];
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        string first = Digest();
        project.Build("_EdgeSlimReport", [.. arguments, "-p:ContainerDescription=another"]).Succeeds();
        Assert.AreNotEqual(first, Digest());

        Assert.Contains("trial      ready in ", project.Build("_EdgeSlimReport", arguments).Succeeds().Output);

        Assert.AreEqual("tried\ntried\n", File.ReadAllText(engine["log"]));
        Assert.AreEqual(first, Digest());
    }

    [TestMethod]
    public void An_image_is_tried_again_when_a_file_that_it_sees_changes()
    {
        using TemporaryFolder engine = Fake(exitCode: 0);
        using EvaluatedProject project = StageTests.Faked("""<ItemGroup><EdgeTrialMount Include="data" TargetPath="/data" /></ItemGroup>""");
        project.Write("data/inner/settings.json", "{}");
        string[] arguments = [EvaluatedProject.Publishing, "-p:EdgeTrial=auto", "-p:EdgeTrialExit=true", $"-p:EdgeTrialEngine={engine["docker"]}"];
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        Assert.AreEqual("tried\n", File.ReadAllText(engine["log"]));

        // Older than the trial, and another.
        project.Write("data/inner/settings.json", "[]");
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "data/inner/settings.json"), DateTime.UtcNow.AddYears(-1));
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        Assert.AreEqual("tried\ntried\n", File.ReadAllText(engine["log"]));
    }

    [TestMethod]
    public void An_image_that_fails_its_trial_is_not_delivered_however_often_it_is_asked_for()
    {
        using TemporaryFolder engine = Fake(exitCode: 3);
        using EvaluatedProject project = StageTests.Faked();
        string archive = Path.Combine(project.Folder, "image.tar");
        string[] arguments =
        [
            EvaluatedProject.Publishing, "-p:EdgeTrial=required", "-p:EdgeTrialExit=true",
            $"-p:EdgeTrialEngine={engine["docker"]}", $"-p:ContainerArchiveOutputPath={archive}",
        ];

        // There is no reference either: the project is not restored.
        Assert.Contains("error EDGE6019: ", project.Build("_EdgeSlimReport", arguments).Output);
        Assert.AreNotEqual(0, project.Build("_EdgeSlimReport", arguments).ExitCode);
        Assert.IsFalse(File.Exists(archive));
        Assert.StartsWith("tried\ntried\n", File.ReadAllText(engine["log"]));

        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeTrial=off"]).Succeeds();
        Assert.IsTrue(File.Exists(archive));
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public void Where_nothing_can_try_it_that_is_said_or_is_an_error()
    {
        using EvaluatedProject project = StageTests.Faked();
        string[] arguments = [EvaluatedProject.Publishing, "-p:EdgeTrial=auto"];
        project.Build("EdgeTrial", arguments).FailsWith("EDGE6012");
        project.Build("EdgeStress", arguments).FailsWith("EDGE6012");
        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeTrialEngine=/gone/podman"]).FailsWith("EDGE6001");
        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeMemoryLimit=much"]).FailsWith("EDGE6003");

        using TemporaryFolder empty = new();
        project.Environment["PATH"] = empty.Path;

        // 'plain' needs no program, and takes no runtime.
        arguments = [.. arguments, "-p:EdgeRuntime=kata"];
        CommandResult untried = project.Build("_EdgeSlimReport", arguments).Succeeds();
        Assert.Contains("The image is not tried: 'podman' is not on PATH, 'docker' is not on PATH, 'nerdctl' is not on PATH", untried.Output);
        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeTrial=required"]).FailsWith("EDGE6001");
    }

    [TestMethod]
    [DataRow("EdgeVerify", "EdgeTrial")]
    [DataRow("EdgeVerifyHttp", "EdgeTrialHttp")]
    [DataRow("EdgeVerifyPort", "EdgeTrialPort")]
    [DataRow("EdgeVerifyLog", "EdgeTrialLog")]
    [DataRow("EdgeVerifyExit", "EdgeTrialExit")]
    [DataRow("EdgeVerifyAlive", "EdgeTrialAlive")]
    [DataRow("EdgeVerifyTimeout", "EdgeTrialTimeout")]
    [DataRow("EdgeVerifyNetwork", "EdgeTrialNetwork")]
    public void A_property_with_an_old_name_is_told_its_new_one(string old, string now)
    {
        using EvaluatedProject project = StageTests.Faked();
        CommandResult result = project.Build("BeforeBuild", EvaluatedProject.Publishing, $"-p:{old}=true");
        result.FailsWith("EDGE9006");
        Assert.Contains($"'{old}' is called '{now}' now", result.Output);
    }

    [TestMethod]
    [DataRow("EdgeVerifyEnvironment", "EdgeTrialEnvironment")]
    [DataRow("EdgeVerifyArgument", "EdgeTrialArgument")]
    [DataRow("EdgeVerifyMount", "EdgeTrialMount")]
    public void An_item_with_an_old_name_is_told_its_new_one(string old, string now)
    {
        using EvaluatedProject project = StageTests.Faked($"""<ItemGroup><{old} Include="x" /></ItemGroup>""");
        foreach (string target in (string[])["BeforeBuild", "EdgeTrial", "EdgeStress", "EdgeProfile"])
        {
            CommandResult result = project.Build(target, EvaluatedProject.Publishing);
            result.FailsWith("EDGE9006");
            Assert.Contains($"'{old}' is called '{now}' now", result.Output);
        }
    }

    [TestMethod]
    public void The_old_target_is_told_its_new_name()
    {
        using EvaluatedProject project = StageTests.Faked();
        project.Build("EdgeVerify", EvaluatedProject.Publishing).FailsWith("EDGE9006");
    }

    private static TemporaryFolder Fake(int exitCode)
    {
        TemporaryFolder folder = new();
        folder.WriteProgram("docker", Engine);
        folder.Write("code", $"{exitCode}");
        return folder;
    }
}
