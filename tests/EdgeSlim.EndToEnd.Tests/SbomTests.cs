using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>What an image says of itself to the real scanner, and what comes of what that finds.</summary>
[TestClass]
public sealed class SbomTests
{
    private const string Switch =
        """
        <PackageReference Include="Newtonsoft.Json" Version="12.0.3" />
        <RuntimeHostConfigurationOption Include="Agent.Json" Value="$(WithJson)" Trim="true" />
        """;

    private const string Code =
        """
        using System.Diagnostics.CodeAnalysis;
        Console.WriteLine(Features.Json ? Newtonsoft.Json.JsonConvert.ToString("text") : "none");
        static class Features
        {
            [FeatureSwitchDefinition("Agent.Json")]
            public static bool Json => !AppContext.TryGetSwitch("Agent.Json", out bool isOn) || isOn;
        }
        """;

    [TestMethod]
    public void The_scanner_finds_what_is_compiled_in_and_what_is_trimmed_away_does_not_count()
    {
        Command.Require(Trivy.Program, "trivy");
        using TemporaryFolder folder = new();
        using AgentProject project = new("Agent", "<NuGetAudit>false</NuGetAudit>", Switch, Code);
        project.Commit();
        string archive = folder["agent.tar"];
        string[] scan =
        [
            $"-p:EdgeScanner={Trivy.Program}", $"-p:EdgeScanDatabase={Trivy.Database(folder["cache"])}", "-p:EdgeScanFailOn=HIGH",
            $"-p:ContainerArchiveOutputPath={archive}",
        ];

        // Compiled in: found through the document in the image, and not let pass.
        CommandResult refused = project.EdgeImage([.. scan, "-p:WithJson=true", "-p:EdgeSbomFormat=both"]);
        refused.FailsWith("EDGE5030");
        Assert.Contains("Newtonsoft.Json 12.0.3 has CVE-2024-21907 (HIGH), which is mended in 13.0.1", refused.Output);
        Assert.IsFalse(File.Exists(archive));
        Assert.AreEqual("CVE-2024-21907", string.Join(' ', Found(Trivy.Scan(project.Layout))));
        CollectionAssert.IsSubsetOf(
            new[] { "Newtonsoft.Json", "Microsoft.NETCore.App.Runtime.linux-x64" }, Packages(Trivy.Scan(project.Layout)));
        Assert.AreEqual("required", Component(project, "Newtonsoft.Json").GetProperty("scope").GetString());
        Assert.AreEqual("MIT", Component(project, "Newtonsoft.Json").GetProperty("licenses")[0].GetProperty("expression").GetString());
        Assert.Contains("linked in: libc.a", Component(project, "libc6-dev").GetRawText());

        TheSdksImageSaysNothing(project, folder);

        // Without the document a scanner finds nothing, and the image passes for clean.
        project.EdgeImage("-p:EdgeEmbedSbom=false", "-p:WithJson=true").Succeeds();
        Assert.IsEmpty(Found(Trivy.Scan(project.Layout)));

        // Trimmed away whole: said, and let pass.
        CommandResult passed = project.EdgeImage([.. scan, "-p:WithJson=false"]).Succeeds();
        Assert.Contains("Not in the image: Newtonsoft.Json 12.0.3 has CVE-2024-21907", passed.Output);
        Assert.IsTrue(File.Exists(archive));
        Assert.IsEmpty(Found(Trivy.Scan(project.Layout)));
        Assert.AreEqual("excluded", Component(project, "Newtonsoft.Json").GetProperty("scope").GetString());
        JsonElement statement = Document(project).GetProperty("vulnerabilities")[0];
        Assert.AreEqual("CVE-2024-21907", statement.GetProperty("id").GetString());
        Assert.AreEqual("code_not_present", statement.GetProperty("analysis").GetProperty("justification").GetString());

        // Nothing is asked again.
        Assert.Contains("Skipping target \"_EdgeSlimAskScanner\"", project.EdgeImage([.. scan, "-p:WithJson=false", "-v:n"]).Succeeds().Output);
    }

    // The image that the .NET SDK makes of the same executable says nothing to a scanner, and passes for clean.
    private static void TheSdksImageSaysNothing(AgentProject project, TemporaryFolder folder)
    {
        using DockerRegistry registry = DockerRegistry.Start();
        // The .NET SDK speaks http to this name alone.
        string address = registry.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        GlibcBase.Create(folder["base"]);
        Command.Run("/", "skopeo", "copy", "--quiet", "--dest-tls-verify=false", $"oci:{folder["base"]}:base", $"docker://{address}/base:1").Succeeds();
        project.Dotnet(
            "publish", "-t:PublishContainer", "-tl:off", "-p:WithJson=true", $"-p:ContainerBaseImage={address}/base:1",
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

    private static JsonElement Component(AgentProject project, string name) =>
        Document(project).GetProperty("components").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    private static JsonElement Document(AgentProject project) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(project.EdgeFolder, "sbom.cdx.json"))).RootElement;
}
