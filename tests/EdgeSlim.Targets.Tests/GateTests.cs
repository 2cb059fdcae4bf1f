using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The gates between an image and its delivery, with a scanner that says what the test wants.</summary>
[TestClass]
public sealed class GateTests
{
    private const string Nothing = """{"SchemaVersion":2}""";

    private const string High =
        """{"SchemaVersion":2,"Results":[{"Vulnerabilities":[{"VulnerabilityID":"CVE-2026-1","PkgName":"P","InstalledVersion":"1","FixedVersion":"2","Severity":"HIGH"}]}]}""";

    [TestMethod]
    public void All_gates_say_what_they_found_and_nothing_is_delivered()
    {
        using EvaluatedProject project = Faked();
        using Scanner scanner = new(High);
        project.Write("App", "#!/bin/sh\nexit 0\n");
        string archive = Path.Combine(project.Folder, "image.tar");
        string[] arguments = [EvaluatedProject.Publishing, .. scanner.Arguments, "-p:EdgeScanFailOn=HIGH", $"-p:ContainerArchiveOutputPath={archive}"];

        CommandResult result = project.Build("_EdgeSlimReport", arguments);
        Assert.AreNotEqual(0, result.ExitCode);
        Assert.Contains("error EDGE2011", result.Output);
        Assert.Contains("error EDGE5030", result.Output);
        Assert.Contains("error EDGE5039: Nothing is delivered: the link check and the scan found", result.Output);
        Assert.Contains("P 1 has CVE-2026-1 (HIGH), which is mended in 2", result.Output);
        Assert.IsFalse(File.Exists(archive));

        // It is no better for having been looked at.
        Assert.Contains("error EDGE5030", project.Build("_EdgeSlimReport", arguments).Output);
        Assert.IsFalse(File.Exists(archive));
    }

    [TestMethod]
    public void A_scanner_is_asked_again_when_image_settings_or_database_change_and_not_otherwise()
    {
        using EvaluatedProject project = Faked();
        using Scanner scanner = new(High);
        string[] arguments = [EvaluatedProject.Publishing, .. scanner.Arguments];
        Assert.Contains("warning EDGE5031", project.Build("_EdgeSlimReport", arguments).Succeeds().Output);
        Assert.AreEqual(2, scanner.Questions);

        // What it found is said all the same.
        Assert.Contains("warning EDGE5031", project.Build("_EdgeSlimReport", arguments).Succeeds().Output);
        Assert.AreEqual(2, scanner.Questions);

        File.SetLastWriteTimeUtc(scanner.DatabaseFile, DateTime.UtcNow.AddMinutes(1));
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        Assert.AreEqual(4, scanner.Questions);
        File.SetLastWriteTimeUtc(scanner.DatabaseFile, DateTime.UtcNow.AddHours(-1));

        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeScanArgs=--more"]).Succeeds();
        Assert.AreEqual(6, scanner.Questions);
    }

    [TestMethod]
    public void An_image_that_was_scanned_before_another_is_not_scanned_again_and_its_findings_are_its_own()
    {
        using EvaluatedProject project = Faked();
        using Scanner scanner = new(High);
        string[] one = [EvaluatedProject.Publishing, .. scanner.Arguments];
        string[] other = [.. one, "-p:ContainerDescription=another"];
        Assert.Contains("warning EDGE5031", project.Build("_EdgeSlimReport", one).Succeeds().Output);
        scanner.Answer(Nothing);
        Assert.DoesNotContain("EDGE5031", project.Build("_EdgeSlimReport", other).Succeeds().Output);
        Assert.AreEqual(4, scanner.Questions);

        Assert.Contains("warning EDGE5031", project.Build("_EdgeSlimReport", one).Succeeds().Output);
        Assert.Contains("CVE-2026-1", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/scan.sarif")));
        Assert.DoesNotContain("EDGE5031", project.Build("_EdgeSlimReport", other).Succeeds().Output);
        Assert.DoesNotContain("CVE-2026-1", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/scan.sarif")));
        Assert.AreEqual(4, scanner.Questions);
    }

    [TestMethod]
    public void Findings_stand_in_the_facts_and_in_a_log_and_what_is_ignored_is_said_to_be()
    {
        using EvaluatedProject project = Faked(
            """<ItemGroup><EdgeScanIgnore Include="CVE-2026-1" Reason="never called" Expires="2999-01-01" /></ItemGroup>""");
        using Scanner scanner = new(High);
        string output = project.Build("_EdgeSlimReport", [EvaluatedProject.Publishing, .. scanner.Arguments, "-p:EdgeScanFailOn=LOW"]).Succeeds().Output;
        Assert.Contains("scan       trivy: vulnerabilities: 1 ignored", output);

        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));
        JsonElement judged = facts.RootElement.GetProperty("scan").GetProperty("findings")[0];
        Assert.AreEqual("ignored never called", $"{judged.GetProperty("verdict").GetString()} {judged.GetProperty("reason").GetString()}");
        Assert.Contains("never called", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/scan.sarif")));
    }

    [TestMethod]
    [DataRow("echo garbage", "EDGE5035")]
    [DataRow("exit 3", "EDGE5033")]
    public void A_scanner_that_fails_stops_the_delivery_and_leaves_nothing_that_passes_for_a_scan(string script, string code)
    {
        using EvaluatedProject project = Faked();
        using Scanner scanner = new(Nothing);
        string[] arguments = [EvaluatedProject.Publishing, .. scanner.Arguments];
        project.Build("_EdgeSlimReport", arguments).Succeeds();

        scanner.Write(script);
        File.SetLastWriteTimeUtc(scanner.DatabaseFile, DateTime.UtcNow.AddMinutes(1));
        project.Build("_EdgeSlimReport", arguments).FailsWith(code);
        project.Build("_EdgeSlimReport", arguments).FailsWith(code);
    }

    [TestMethod]
    public void Without_a_scanner_it_is_said_and_with_required_it_is_an_error()
    {
        using EvaluatedProject project = Faked();
        string[] without = [EvaluatedProject.Publishing, "-p:EdgeScanner="];
        if (Command.Run("/", "sh", "-c", "command -v trivy grype").Output.Length == 0)
        {
            Assert.Contains("scan       skipped, neither trivy nor grype is on PATH (NuGetAudit: nothing found)", project.Build("_EdgeSlimReport", without).Succeeds().Output);
            project.Build("_EdgeSlimReport", [.. without, "-p:EdgeScan=required"]).FailsWith("EDGE5032");
        }

        project.Build("_EdgeSlimReport", [EvaluatedProject.Publishing, "-p:EdgeScanner=/nowhere/trivy"]).FailsWith("EDGE5032");
        Assert.DoesNotContain("scan  ", project.Build("_EdgeSlimReport", [.. without, "-p:EdgeScan=off"]).Succeeds().Output);
        Assert.DoesNotContain("\"scan\"", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));
        project.Build("BeforeBuild", EvaluatedProject.Publishing, "-p:EdgeScan=maybe").FailsWith("EDGE9004");
        project.Build("_EdgeSlimReport", [EvaluatedProject.Publishing, "-p:EdgeScanFailOn=BAD"]).FailsWith("EDGE9004");
    }

    [TestMethod]
    public void The_documents_are_written_in_the_formats_that_are_asked_for()
    {
        using EvaluatedProject project = Faked();
        string edge = Path.Combine(project.Folder, "bin/edge");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, "-p:EdgeSbomFormat=both").Succeeds();
        string document = File.ReadAllText(Path.Combine(edge, "sbom.cdx.json"));
        Assert.IsTrue(File.Exists(Path.Combine(edge, "sbom.spdx.json")));
        Assert.Contains("\"layer: ", document);

        File.Delete(Path.Combine(edge, "sbom.cdx.json"));
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).Succeeds();
        Assert.AreEqual(document, File.ReadAllText(Path.Combine(edge, "sbom.cdx.json")));
        Assert.IsFalse(File.Exists(Path.Combine(edge, "sbom.spdx.json")));
        project.Build("BeforeBuild", EvaluatedProject.Publishing, "-p:EdgeSbomFormat=xml").FailsWith("EDGE9004");
    }

    private static EvaluatedProject Faked(string more = "")
    {
        EvaluatedProject project = new(
            "<OutputType>Exe</OutputType><OutDir>bin/</OutDir><PublishDir>bin/publish/</PublishDir>",
            body: """<ItemGroup><ResolvedFileToPublish Include="App" RelativePath="App" /></ItemGroup>""" + more);
        project.Write("App", StageTests.Program);
        return project;
    }

    /// <summary>Answers as Trivy does, and counts how often it is asked.</summary>
    private sealed class Scanner : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Scanner(string answer)
        {
            DatabaseFile = _folder.Write("cache/db/metadata.json", "{}");
            _folder.Write("cache/db/trivy.db", "");
            File.SetLastWriteTimeUtc(DatabaseFile, DateTime.UtcNow.AddHours(-1));
            Answer(answer);
            Write($"echo >> '{_folder["asked"]}'; cat '{_folder["answer.json"]}'");
        }

        public string DatabaseFile { get; }

        public int Questions => File.ReadAllLines(_folder["asked"]).Length;

        public string[] Arguments => [$"-p:EdgeScanner={_folder["trivy"]}", $"-p:EdgeScanDatabase={_folder["cache"]}"];

        public void Answer(string answer) => _folder.Write("answer.json", answer);

        public void Write(string script) => _folder.WriteProgram("trivy", "#!/bin/sh\n" + script + "\n");

        public void Dispose() => _folder.Dispose();
    }
}
