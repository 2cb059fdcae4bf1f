using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>Images are run under limits, by a real engine: an application that does well or not as its argument says.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
public sealed class ImageTrialTests
{
    private const string Does =
        """
        <PropertyGroup>
          <EdgeTimeZones>Europe/Paris</EdgeTimeZones>
        </PropertyGroup>
        <ItemGroup>
          <EdgeTrialArgument Include="$(Does)" />
          <EdgeTrialEnvironment Include="GREETING" Value="hello" />
        </ItemGroup>
        """;

    private readonly TrialMark _mark = new();

    [TestInitialize]
    public void Require() => Command.Require("podman", "podman");

    [TestMethod]
    public void HelloAgent_does_its_work_and_ends()
    {
        using PublishedProject project = new(Apps.Hello, _mark.Items);
        project.Commit();
        CommandResult result = project.EdgeImage("-p:EdgeTrial=auto", "-p:EdgeTrialExit=true").Succeeds();

        Assert.MatchesRegex(@"trial      ready in [0-9.]+ ms, [0-9.]+ MB peak memory, [0-9.]+ ms of CPU \(podman, ", result.Output);
        Assert.IsEmpty(_mark.Containers());
    }

    [TestMethod]
    public void A_server_is_ready_when_it_answers_and_ends_when_it_is_asked_to()
    {
        using PublishedProject project = Create();
        string[] arguments = ["-p:EdgeTrial=required", "-p:Does=serve", "-p:EdgeTrialHttp=/healthz"];
        CommandResult first = project.EdgeImage(arguments).Succeeds();
        JsonElement trial = Facts(project).GetProperty("trial");

        // It says 503 for a while, and is not ready then.
        Assert.IsGreaterThan(100, trial.GetProperty("startupMilliseconds").GetDouble());

        // It ends when it is asked to: it would be killed after ten seconds.
        Assert.IsLessThan(5_000, trial.GetProperty("stopMilliseconds").GetDouble());
        Assert.IsInRange(1_000_000, 60_000_000, trial.GetProperty("peakMemoryBytes").GetInt64());
        Assert.IsGreaterThan(0, trial.GetProperty("cpuMilliseconds").GetDouble());
        Assert.AreEqual(0, trial.GetProperty("exitCode").GetInt32());
        Assert.AreEqual(Facts(project).GetProperty("image").GetProperty("digest").GetString(), trial.GetProperty("digest").GetString());
        Assert.Contains("stopped in ", first.Output);
        Assert.AreEqual("0", Suite(project).Attribute("failures")!.Value);

        // The same again is not tried again; the target of its own does.
        string figures = trial.GetRawText();
        Assert.Contains("trial      ready in ", project.EdgeImage(arguments).Succeeds().Output);
        Assert.AreEqual(figures, Facts(project).GetProperty("trial").GetRawText());
        CommandResult again = project.Publish("EdgeTrial", LoggerVerbosity.Minimal, "-p:Does=serve", "-p:EdgeTrialLog=^serving").Succeeds();
        Assert.Contains("probe: ready in ", again.Output.ToLowerInvariant());
        Assert.IsEmpty(_mark.Containers());
    }

    [TestMethod]
    [DataRow("eat", "EdgeMemoryLimit=64Mi", "EDGE6007", "EDGE6018", "The app fails in the same way without trimming and AOT: it needs more memory than 67.1 MB")]
    [DataRow("ignore", "EdgeMaxStop=500ms", "EDGE6009", "EDGE6009", "did not end within 500 ms of SIGTERM")]
    [DataRow("crash", "EdgeTrialAlive=20s", "EDGE6004", "EDGE6018", "The app fails in the same way without trimming and AOT: it ends")]
    [DataRow("sleep", "EdgeTrialPort=8080;EdgeTrialTimeout=3s", "EDGE6005", "EDGE6018", "port 8080 accepts connections (last seen: Connection refused)")]
    public void One_that_does_not_do_well_is_not_delivered(string does, string property, string failure, string code, string seen)
    {
        using PublishedProject project = Create();
        using TemporaryFolder folder = new();
        string archive = folder["image.tar"];
        CommandResult result = project.EdgeImage(
            "-p:EdgeTrial=required", $"-p:Does={does}", $"-p:ContainerArchiveOutputPath={archive}", $"-p:{property}").FailsWith(code);

        Assert.Contains(seen, result.Output);
        Assert.Contains($"  | hello from nonroot: {does}", result.Output);
        Assert.Contains(failure, [.. Suite(project).Descendants("failure").Select(f => f.Attribute("type")!.Value)]);
        Assert.IsFalse(File.Exists(archive));
        Assert.IsEmpty(_mark.Containers());

        // podman's monitor leaves a note of the kill where it was started.
        Assert.AreEqual("", Command.Run(project.Folder, "git", "status", "--short").Succeeds().Output.Trim());
    }

    [TestMethod]
    public void Nothing_is_left_of_a_build_that_is_cancelled_or_killed()
    {
        using PublishedProject project = Create();
        Interrupt(project, "INT");
        Assert.IsEmpty(_mark.Containers());

        Interrupt(project, "KILL");
        project.EdgeImage("-p:EdgeTrial=auto", "-p:Does=sleep", "-p:EdgeTrialLog=hello").Succeeds();
        Assert.IsEmpty(_mark.Containers());
    }

    // What a killed build leaves may be gone at once: a trial of another test removes it as well as one of this test.
    private void Interrupt(PublishedProject project, string signal)
    {
        using Process run = project.Start(
            "Publish;_EdgeSlimMakeImage", out StringBuilder output, "-p:EdgeTrial=auto", "-p:Does=sleep", "-p:EdgeTrialPort=8080");
        Assert.IsTrue(Wait.Until(() => run.HasExited || _mark.IsRunning()) && !run.HasExited, output.ToString());
        Assert.IsNotEmpty(_mark.Containers());
        Command.Run("/", "kill", "-" + signal, run.Id.ToString(CultureInfo.InvariantCulture)).Succeeds();
        Assert.IsTrue(run.WaitForExit(TimeSpan.FromMinutes(2)), "It did not end.");
    }

    private PublishedProject Create()
    {
        PublishedProject project = new(Apps.Probe, Does + _mark.Items);
        project.Commit();
        return project;
    }

    private static JsonElement Facts(PublishedProject project)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json")));
        return facts.RootElement.Clone();
    }

    private static XElement Suite(PublishedProject project) =>
        XDocument.Load(Path.Combine(project.EdgeFolder, "trial.junit.xml")).Root!.Element("testsuite")!;
}
