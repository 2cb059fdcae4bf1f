using System.Text.Json.Nodes;
using EdgeSlim.Scanning;

namespace EdgeSlim.Tests.Scanning;

[TestClass]
public sealed class SarifWriterTests
{
    [TestMethod]
    public void Levels_and_suppressions_follow_the_verdicts()
    {
        Finding finding = new() { Id = "CVE-1", Severity = Severity.High, Package = "P", Version = "1", FixedVersion = "2" };
        JsonNode run = JsonNode.Parse(SarifWriter.Write(
            new ScanReport
            {
                Scanner = "trivy",
                FailOn = "HIGH",
                Findings =
                [
                    new JudgedFinding(finding, ScanVerdict.Fails, null),
                    new JudgedFinding(finding with { Package = "Q" }, ScanVerdict.NotPresent, "nothing of it"),
                    new JudgedFinding(finding with { Package = "R" }, ScanVerdict.Ignored, "known"),
                ],
            },
            "Agent.csproj"))!["runs"]![0]!;

        Assert.HasCount(1, run["tool"]!["driver"]!["rules"]!.AsArray());
        Assert.AreEqual("error note note", string.Join(' ', run["results"]!.AsArray().Select(r => r!["level"]!.GetValue<string>())));
        Assert.IsNull(run["results"]![0]!["suppressions"]);
        Assert.AreEqual("not in the image: nothing of it", run["results"]![1]!["suppressions"]![0]!["justification"]!.GetValue<string>());
        Assert.Contains("P 1 has CVE-1 (HIGH), which is mended in 2", run["results"]![0]!["message"]!["text"]!.GetValue<string>());
    }
}
