using System.Text.Json.Nodes;
using System.Xml.Linq;
using EdgeSlim.Diagnostics;
using EdgeSlim.Policy;
using EdgeSlim.Tests.Documentation;

namespace EdgeSlim.Tests.Policy;

[TestClass]
public sealed class PolicyFileTests
{
    [TestMethod]
    [DataRow("", "input does not contain")]
    [DataRow("{", "")]
    [DataRow("[]", "")]
    [DataRow("null", "null")]
    [DataRow("""{ "rule": {} }""", "'rule'")]
    [DataRow("""{ "rules": { "shel": "off" } }""", "there is no rule 'shel'")]
    [DataRow("""{ "rules": { "shell": "maybe" } }""", "")]
    [DataRow("""{ "rules": { "shell": 7 } }""", "")]
    [DataRow("""{ "rules": null }""", "")]
    [DataRow("""{ "allowedBases": [""] }""", "empty")]
    [DataRow("""{ "maxBytes": 0 }""", "maxBytes is 0")]
    [DataRow("""{ "exemptions": [null] }""", "")]
    [DataRow("""{ "exemptions": [{ "rule": "shell", "subject": "/bin/sh" }] }""", "reason")]
    [DataRow("""{ "exemptions": [{ "rule": "shell", "subject": "/bin/sh", "reason": " " }] }""", "gives no reason")]
    [DataRow("""{ "exemptions": [{ "rule": "shell", "subject": "/bin/sh", "reason": "x", "expires": "tomorrow" }] }""", "")]
    public void What_is_no_policy_is_an_error_with_what_is_wrong(string text, string said)
    {
        using TemporaryFolder folder = new();
        EdgeException error = Assert.ThrowsExactly<EdgeException>(() => PolicyFile.Read(folder.Write("edge.policy.json", text)));
        Assert.AreEqual("EDGE5080", error.Code);
        Assert.Contains(said, error.Message);
    }

    [TestMethod]
    public void A_malformed_line_is_named()
    {
        using TemporaryFolder folder = new();
        EdgeException error = Assert.ThrowsExactly<EdgeException>(
            () => PolicyFile.Read(folder.Write("edge.policy.json", "{\n  \"rules\": {\n    \"shell\": \"maybe\"\n  }\n}\n")));
        Assert.AreEqual(3, error.Location!.Line);
    }

    [TestMethod]
    public void A_file_that_is_named_has_to_be_there() =>
        Assert.AreEqual("EDGE5080", Assert.ThrowsExactly<EdgeException>(() => PolicyFile.Read("/nowhere/edge.policy.json")).Code);

    [TestMethod]
    public void The_item_wins_over_the_file_which_wins_over_the_default()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("edge.policy.json", """{ "rules": { "shell": "off", "low-port": "error", "setuid": "warn" } }""");
        PolicySettings settings = PolicySettingsReader.Read(PolicyMode.Strict, file, requireDigest: true, [("shell", "Error"), ("secret", "warn")]);
        Assert.AreEqual(
            "Error Error Error Warn Error Off",
            string.Join(' ', new[] { PolicyRule.Shell, PolicyRule.LowPort, PolicyRule.SetUserId, PolicyRule.Secret, PolicyRule.BaseDigest, PolicyRule.CriticalFinding }.Select(settings.LevelOf)));
        Assert.IsTrue(PolicyRule.All.All(r => PolicySettingsReader.Read(PolicyMode.Off, file, true, []).LevelOf(r) == PolicyLevel.Off));
    }

    [TestMethod]
    [DataRow("shel", "off")]
    [DataRow("shell", "")]
    [DataRow("shell", "2")]
    [DataRow("shell", "loud")]
    public void An_item_that_is_not_understood_is_an_error(string rule, string level) => Assert.AreEqual(
        "EDGE5080", Assert.ThrowsExactly<EdgeException>(() => PolicySettingsReader.Read(PolicyMode.On, "", false, [(rule, level)])).Code);

    [TestMethod]
    public void The_schema_and_the_documentation_name_the_rules_of_the_code()
    {
        JsonNode schema = JsonNode.Parse(RepositoryFiles.Read("docs/edge.policy.schema.json"))!;
        string section = RepositoryFiles.Section(RepositoryFiles.Read("docs/properties.md"), "EdgePolicy");

        Assert.AreSequenceEqual(PolicyRule.All.Select(r => r.Name), schema["$defs"]!["rule"]!["enum"]!.AsArray().Select(n => n!.GetValue<string>()));
        Found.Nothing(PolicyRule.All.Where(r => !section.Contains(
            $"([{r.Code}](diagnostics/{r.Code}.md)) | {r.Level.ToString().ToLowerInvariant()}", StringComparison.Ordinal) || !section.Contains($"| `{r.Name}` |", StringComparison.Ordinal)));
        Assert.AreSequenceEqual(
            typeof(PolicyFile).GetProperties().Where(p => p.Name != "Schema").Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]).Order(),
            schema["properties"]!.AsObject().Select(p => p.Key).Where(n => n != "$schema").Order());
    }

    [TestMethod]
    public void Each_rule_is_a_test_case_for_CI_services()
    {
        PolicyReport report = new()
        {
            Checks = PolicyImage.Judge(PolicyImage.Strict(), tar => SampleFile(tar, "bin/s\u0001h/sh")),
        };
        XElement suite = XElement.Parse(PolicyJUnit.Write("agent", report)).Element("testsuite")!;
        Assert.AreEqual(PolicyRule.All.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), suite.Attribute("tests")!.Value);
        Assert.AreEqual(report.Checks.Count(c => c.Verdict == PolicyVerdict.Failed).ToString(System.Globalization.CultureInfo.InvariantCulture), suite.Attribute("failures")!.Value);
    }

    private static void SampleFile(System.Formats.Tar.TarWriter tar, string path) =>
        LinkChecks.SampleEntries.Text(tar, path, "x", 0b110_110_110);
}
