using EdgeSlim.Diagnostics;
using EdgeSlim.Sbom;
using EdgeSlim.Scanning;
using EdgeSlim.Tests.Sbom;

namespace EdgeSlim.Tests.Scanning;

[TestClass]
public sealed class ScanJudgeTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);

    [TestMethod]
    [DataRow(Severity.Critical, Severity.Critical, ScanVerdict.Fails)]
    [DataRow(Severity.High, Severity.Critical, ScanVerdict.Warns)]
    [DataRow(Severity.Unknown, Severity.Low, ScanVerdict.Warns)]
    [DataRow(Severity.Unknown, Severity.Unknown, ScanVerdict.Fails)]
    public void From_the_bar_on_a_finding_fails(Severity severity, Severity bar, ScanVerdict expected) =>
        Assert.AreEqual(expected, Judge(Finding(severity), bar).Findings.Single().Verdict);

    [TestMethod]
    public void Without_a_bar_nothing_fails() =>
        Assert.AreEqual(ScanVerdict.Warns, Judge(Finding(Severity.Critical), null).Findings.Single().Verdict);

    [TestMethod]
    public void Code_that_is_not_in_the_image_does_not_fail()
    {
        JudgedFinding judged = Judge(Finding(Severity.Critical) with { Package = "unused.package", Version = "12.0.3" }, Severity.Low).Findings.Single();
        Assert.AreEqual(ScanVerdict.NotPresent, judged.Verdict);
        Assert.AreEqual("no method, type or resource of it was compiled", judged.Reason);
    }

    [TestMethod]
    public void Another_version_of_what_is_not_in_the_image_counts() => Assert.AreEqual(
        ScanVerdict.Fails,
        Judge(Finding(Severity.High) with { Package = "Unused.Package", Version = "11.0.0" }, Severity.High).Findings.Single().Verdict);

    [TestMethod]
    [DataRow("", "", ScanVerdict.Ignored)]
    [DataRow("2026-06-15", "", ScanVerdict.Ignored)]
    [DataRow("2026-06-14", "", ScanVerdict.Fails)]
    [DataRow("", "Used.Package", ScanVerdict.Ignored)]
    [DataRow("", "Another", ScanVerdict.Fails)]
    public void What_the_user_knows_is_ignored_until_its_last_day(string expires, string package, ScanVerdict expected) =>
        Assert.AreEqual(expected, Judge(Finding(Severity.High), Severity.High, IgnoreRule.Parse("cve-2026-1", package, "not reachable", expires)).Findings.Single().Verdict);

    [TestMethod]
    public void The_reason_of_what_counts_again_says_so() => Assert.AreEqual(
        "it was ignored until 2026-06-14",
        Judge(Finding(Severity.High), Severity.High, IgnoreRule.Parse("CVE-2026-1", "", "later", "2026-06-14")).Findings.Single().Reason);

    [TestMethod]
    public void One_finding_of_two_questions_counts_once_and_the_worst_comes_first()
    {
        Scan scan = new("trivy", null, [Finding(Severity.Low) with { Id = "CVE-2026-2" }, Finding(Severity.High), Finding(Severity.High) with { Package = "used.package" }]);
        ScanReport report = ScanJudge.Judge(scan, SbomSamples.Inventory, Severity.Critical, [], Today);
        Assert.AreEqual("CVE-2026-1 CVE-2026-2", string.Join(' ', report.Findings.Select(f => f.Finding.Id)));
    }

    [TestMethod]
    [DataRow("Used.Package", "1.2.3", ScanVerdict.Fails)]
    [DataRow("Unused.Package", "12.0.3", ScanVerdict.NotPresent)]
    public void Without_a_scanner_what_NuGets_audit_found_is_judged_alike(string package, string version, ScanVerdict expected)
    {
        Inventory inventory = SbomSamples.Inventory with
        {
            Audit = [new AuditFinding(package, version, "HIGH", "https://github.com/advisories/GHSA-5crp-9r3c-p9vr")],
        };
        ScanReport report = ScanJudge.Judge(Audit.Of(inventory, "there is none"), inventory, Severity.High, [], Today);
        JudgedFinding judged = report.Findings.Single();
        Assert.AreEqual("NuGetAudit there is none", $"{report.Scanner} {report.Skipped}");
        Assert.AreEqual("GHSA-5crp-9r3c-p9vr", judged.Finding.Id);
        Assert.AreEqual(expected, judged.Verdict);
    }

    [TestMethod]
    [DataRow("", "")]
    [DataRow(" ", "2026-01-01")]
    [DataRow("reason", "soon")]
    [DataRow("reason", "01.02.2026")]
    public void An_incomplete_rule_is_an_error(string reason, string expires) =>
        Assert.AreEqual("EDGE5037", Assert.ThrowsExactly<EdgeException>(() => IgnoreRule.Parse("CVE-2026-1", "", reason, expires)).Code);

    private static ScanReport Judge(Finding finding, Severity? bar, params IgnoreRule[] rules) =>
        ScanJudge.Judge(new Scan("trivy", null, [finding]), SbomSamples.Inventory, bar, rules, Today);

    private static Finding Finding(Severity severity) =>
        new() { Id = "CVE-2026-1", Severity = severity, Package = "Used.Package", Version = "1.2.3" };
}
