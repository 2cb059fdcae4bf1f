namespace EdgeSlim.Tests;

/// <summary>An image whose trial fails is judged by a control, with programs in the engines' place.</summary>
[TestClass]
public sealed class JudgedTrialTests
{
    private const string Engine =
        """
        #!/bin/sh
        here=$(dirname "$0")
        case "$1" in
          load) cat > /dev/null ;;
          start) echo tried >> "$here/log"; cat "$here/says"; exit $(cat "$here/code") ;;
          inspect) echo 2026-01-02T03:04:05Z ;;
        esac
        """;

    private const string Judged =
        """
        <Target Name="Judged" DependsOnTargets="_EdgeSlimReport">
          <TryImage LayoutFolder="$(_EdgeSlimLayout)" Image="app" ProjectFolder="$(MSBuildProjectDirectory)" Engine="$(Engine)"
                    CpuLimit="$(EdgeCpuLimit)" MemoryLimit="$(EdgeMemoryLimit)" MaxStartup="$(Startup)" MaxMemory="$(EdgeMaxMemory)"
                    MaxStop="$(EdgeMaxStop)" Timeout="$(EdgeTrialTimeout)" ResultsFolder="$(_EdgeSlimResults)" Trial="$(Word)" Judge="true"
                    ObservationFile="$(_EdgeSlimWork)seen.json" MemoryFile="$(_EdgeSlimWork)memory.json" PackagesKey="$(Packages)"
                    ResultFile="$(_EdgeSlimWork)trial.json" JUnitFile="$(_EdgeSlimWork)trial.xml" IsAgain="$([MSBuild]::ValueOrDefault('$(Again)', 'false'))">
            <Output TaskParameter="Outcome" PropertyName="Outcome" />
          </TryImage>
          <Message Importance="high" Text="outcome: $(Outcome)" />
          <TryImage LayoutFolder="$(_EdgeSlimLayout)" Image="app" ProjectFolder="$(MSBuildProjectDirectory)" Engine="$(Control)"
                    CpuLimit="$(EdgeCpuLimit)" MemoryLimit="$(EdgeMemoryLimit)" MaxStartup="$(Startup)" MaxMemory="$(EdgeMaxMemory)"
                    MaxStop="$(EdgeMaxStop)" Timeout="$(EdgeTrialTimeout)" ResultsFolder="$(_EdgeSlimResults)" IsControl="true"
                    ObservationFile="$(_EdgeSlimWork)control.json" Condition="'$(Outcome)' == 'suspect'" />
          <JudgeTrial ObservationFile="$(_EdgeSlimWork)seen.json" ControlObservationFile="$(_EdgeSlimWork)control.json" Trial="$(Word)"
                      Mode="aot" NextMode="$(NextMode)" Image="app" LayoutFolder="$(_EdgeSlimLayout)" MemoryFile="$(_EdgeSlimWork)memory.json" PackagesKey="$(Packages)"
                      ResultsFolder="$(_EdgeSlimResults)" ResultFile="$(_EdgeSlimWork)trial.json" JUnitFile="$(_EdgeSlimWork)trial.xml"
                      Condition="'$(Outcome)' == 'suspect'">
            <Output TaskParameter="Verdict" PropertyName="Verdict" />
            <Output TaskParameter="Reason" PropertyName="Reason" />
          </JudgeTrial>
          <Message Importance="high" Text="verdict: $(Verdict) $(Reason)" />
        </Target>
        <Target Name="JudgedAlone" DependsOnTargets="_EdgeSlimPaths">
          <JudgeTrial ObservationFile="$(_EdgeSlimWork)seen.json" ControlObservationFile="$(_EdgeSlimWork)seen.json" Mode="aot" Image="app"
                      ResultFile="$(_EdgeSlimWork)trial.json">
            <Output TaskParameter="Verdict" PropertyName="Verdict" />
          </JudgeTrial>
          <Message Importance="high" Text="verdict: $(Verdict)" />
        </Target>
        """;

    [TestMethod]
    public void Where_the_control_does_better_the_next_mode_is_taken_and_without_one_nothing_is_delivered()
    {
        using TemporaryFolder engine = Fake(134, "Unhandled exception. System.NotSupportedException: 'A' is missing native code or metadata.");
        using TemporaryFolder control = Fake(0, "hello");
        using EvaluatedProject project = StageTests.Faked(Judged);
        string[] arguments = Arguments(engine, control);

        string next = project.Build("Judged", [.. arguments, "-p:NextMode=trimmed"]).Succeeds().Output;
        Assert.Contains("outcome: suspect", next);
        Assert.MatchesRegex(@"verdict: next as aot, it ends .* \([0-9.]+ k?B compressed\)", next);
        Assert.Contains(
            "The image works differently from the app when it is published as aot: it ends with the unhandled exception"
            + " System.NotSupportedException: 'A' is missing native code or metadata. after ",
            next);
        Assert.Contains("; without trimming and AOT, it ends with exit code 0. EdgeSlim publishes it as trimmed instead.", next);
        Assert.DoesNotContain("warning EDGE60", next);

        CommandResult blocked = project.Build("Judged", arguments);
        blocked.FailsWith("EDGE6017");
        Assert.Contains("  | Unhandled exception. System.NotSupportedException", blocked.Output);
        Assert.Contains("Likely reason: code that is reached by reflection was trimmed", blocked.Output);
        Assert.IsEmpty(Directory.GetFiles(project.Folder, "trial.json", SearchOption.AllDirectories));
    }

    // Cultures are as absent from the next mode as from this one.
    [TestMethod]
    public void What_no_other_mode_has_is_no_reason_for_one()
    {
        using TemporaryFolder engine = Fake(134, "Unhandled exception. System.Globalization.CultureNotFoundException: Only the invariant culture is supported.");
        using TemporaryFolder control = Fake(0, "hello");
        using EvaluatedProject project = StageTests.Faked(Judged);

        string output = project.Build("Judged", [.. Arguments(engine, control), "-p:NextMode=trimmed"]).FailsWith("EDGE6017").Output;
        Assert.Contains("name it in EdgeCultures", output);
    }

    [TestMethod]
    public void Where_the_control_fails_too_the_image_is_not_proven_and_that_is_said_each_time()
    {
        using TemporaryFolder engine = Fake(134, "Unhandled exception. System.Exception: no database at 10.0.0.1:5432");
        using TemporaryFolder control = Fake(139, "Unhandled exception. System.Exception: no database at 10.0.0.2:5432");
        using EvaluatedProject project = StageTests.Faked(Judged);
        string[] arguments = Arguments(engine, control);

        string first = project.Build("Judged", arguments).Succeeds().Output;
        Assert.Contains("verdict: notproven", first);
        Assert.Contains("warning EDGE6018", first);
        Assert.Contains("  | Unhandled exception. System.Exception: no database", first);
        string result = Directory.GetFiles(project.Folder, "trial.json", SearchOption.AllDirectories).Single();
        Assert.Contains("\"proof\": \"notProven\"", File.ReadAllText(result));
        Assert.Contains("failures=\"0\"", File.ReadAllText(Path.ChangeExtension(result, ".xml")));

        string second = project.Build("Judged", arguments).Succeeds().Output;
        Assert.Contains("outcome: known", second);
        Assert.Contains("warning EDGE6018", second);
        Assert.Contains("\"proof\": \"notProven\"", File.ReadAllText(result));
        Assert.AreEqual("tried\n", File.ReadAllText(engine["log"]));

        // Tried again, the failure is remembered: no control is needed.
        string again = project.Build("Judged", [.. arguments, "-p:Again=true"]).Succeeds().Output;
        Assert.Contains("outcome: known", again);
        Assert.Contains("warning EDGE6018", again);
        Assert.AreEqual("tried\ntried\n", File.ReadAllText(engine["log"]));
        Assert.AreEqual("tried\n", File.ReadAllText(control["log"]));

        // With other packages it may have another reason.
        project.Build("Judged", [.. arguments, "-p:Again=true", "-p:Packages=others"]).Succeeds();
        Assert.AreEqual("tried\ntried\n", File.ReadAllText(control["log"]));

        // Where a proof is required, what was not proven is tried again, and blocks.
        project.Build("Judged", [.. arguments, "-p:Word=required"]).FailsWith("EDGE6018");
        Assert.AreEqual("tried\ntried\ntried\ntried\n", File.ReadAllText(engine["log"]));
        Assert.IsFalse(File.Exists(result));
    }

    // Whoever has no key gets 401 from a service that works.
    [TestMethod]
    [DataRow(401, "proven")]
    [DataRow(500, "notproven")]
    public void What_the_control_refuses_too_proves_nothing_wrong(int status, string verdict)
    {
        using TemporaryFolder engine = Fake(0, "");
        using TemporaryFolder control = Fake(0, "");
        using EvaluatedProject project = StageTests.Faked(Judged);
        project.Build("Judged", Arguments(engine, control)).Succeeds();
        string seen = Directory.GetFiles(project.Folder, "seen.json", SearchOption.AllDirectories).Single();
        string answers = $$"""  "routes": [{ "path": "/secret", "status": {{status}} }]""";
        File.WriteAllText(seen, File.ReadAllText(seen).Replace("\"routes\": []", answers, StringComparison.Ordinal));

        string output = project.Build("JudgedAlone", Arguments(engine, control)).Succeeds().Output;
        Assert.Contains($"verdict: {verdict}", output);
        Assert.AreEqual(status == 500, output.Contains("warning EDGE6018", StringComparison.Ordinal));
        string result = Path.Combine(Path.GetDirectoryName(seen)!, "trial.json");
        Assert.Contains($"\"proof\": \"{(status == 500 ? "notProven" : "proven")}\"", File.ReadAllText(result));
    }

    [TestMethod]
    public void Without_a_control_nobody_knows_and_the_next_build_tries_again()
    {
        using TemporaryFolder engine = Fake(3, "");
        using TemporaryFolder control = Fake(3, "");
        File.Delete(control["docker"]);
        using EvaluatedProject project = StageTests.Faked(Judged);
        string[] arguments = Arguments(engine, control);

        string first = project.Build("Judged", arguments).Succeeds().Output;
        Assert.Contains("warning EDGE6019", first);
        Assert.Contains("it ends with exit code 3", first);
        Assert.Contains("verdict: notproven", first);
        Assert.Contains("outcome: suspect", project.Build("Judged", arguments).Succeeds().Output);
        Assert.AreEqual("tried\ntried\n", File.ReadAllText(engine["log"]));
        project.Build("Judged", [.. arguments, "-p:Word=required"]).FailsWith("EDGE6019");
    }

    [TestMethod]
    public void A_limit_that_nobody_set_is_worth_a_warning_in_each_build()
    {
        using TemporaryFolder engine = Fake(0, "");
        using TemporaryFolder control = Fake(0, "");
        using EvaluatedProject project = StageTests.Faked(Judged);
        string[] arguments = [.. Arguments(engine, control), "-p:Startup=1ms"];

        foreach (int _ in Enumerable.Range(0, 2))
        {
            string output = project.Build("Judged", arguments).Succeeds().Output;
            Assert.Contains("warning EDGE6006", output);
            Assert.Contains("outcome: passed", output);
        }

        Assert.AreEqual("tried\n", File.ReadAllText(engine["log"]));
        Assert.IsFalse(File.Exists(control["log"]));
        project.Build("Judged", [.. arguments, "-p:Word=required"]).FailsWith("EDGE6006");
    }

    private static string[] Arguments(TemporaryFolder engine, TemporaryFolder control) =>
        [EvaluatedProject.Publishing, "-p:Word=auto", "-p:Startup=30s", "-p:Packages=some", $"-p:Engine={engine["docker"]}", $"-p:Control={control["docker"]}"];

    private static TemporaryFolder Fake(int exitCode, string says)
    {
        TemporaryFolder folder = new();
        folder.WriteProgram("docker", Engine);
        folder.Write("code", $"{exitCode}");
        folder.Write("says", says.Length == 0 ? "" : says + "\n");
        return folder;
    }
}
