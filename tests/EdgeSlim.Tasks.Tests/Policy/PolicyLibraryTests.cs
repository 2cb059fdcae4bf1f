using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeSlim.Tests.Documentation;

namespace EdgeSlim.Tests.Policy;

/// <summary>
/// The library in samples/policies, evaluated by a real OPA: the one that is built into Trivy, which takes rules of the user's
/// for documents of Kubernetes. It is no program <c>opa</c>, so that it says nothing of that one's command line.
/// </summary>
[TestClass]
public sealed partial class PolicyLibraryTests : IDisposable
{
    private static readonly string Library = Path.Combine(RepositoryFiles.Root, "samples/policies");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_library_judges_an_image()
    {
        _folder.Write("rules/edgeslim.rego", File.ReadAllText(Path.Combine(Library, "edgeslim.rego")));
        CollectionAssert.AreEquivalent(
            new[] { "deny: the image runs as 'root'", "deny: there is a secret in the image: /app/x", "warn: the port 80/tcp is one that only root may open" },
            Evaluate("edgeslim", """
                "image": { "base": { "name": "scratch" }, "user": "root", "ports": ["80/tcp"], "compressedBytes": 1,
                  "labels": { "org.opencontainers.image.title": "a", "org.opencontainers.image.created": "b" } },
                "policy": { "checks": [{ "rule": "secret", "breaches": [{ "subject": "/app/x" }, { "subject": "/app/y", "exempted": "known" }] }] },
                "scan": { "findings": [] }
                """));
    }

    [TestMethod]
    public void The_tests_of_the_library_pass_and_see_a_rule_that_is_broken()
    {
        string rules = File.ReadAllText(Path.Combine(Library, "edgeslim.rego"));
        string tests = File.ReadAllText(Path.Combine(Library, "edgeslim_test.rego"));
        string[] names = [.. TestName().Matches(tests).Select(m => m.Value)];
        Assert.IsGreaterThan(8, names.Length);
        _folder.Write("rules/edgeslim.rego", rules);
        // Under its own name it would be passed over.
        _folder.Write("rules/tests.rego", tests);
        _folder.Write("rules/runner.rego", "package runner\n\nimport future.keywords\n\ndeny contains \"they ran\" if { true }\n" + string.Concat(
            names.Select(n => $"\ndeny contains \"{n}\" if {{\n\tnot data.edgeslim_test.{n}\n}}\n")));
        CollectionAssert.AreEqual(new[] { "deny: they ran" }, Evaluate("runner", "\"image\": {}"));

        _folder.Write("rules/edgeslim.rego", rules.Replace("{\"root\", \"0\"}", "{\"root\"}", StringComparison.Ordinal));
        CollectionAssert.AreEquivalent(new[] { "deny: they ran", "deny: test_root" }, Evaluate("runner", "\"image\": {}"));
    }

    private string[] Evaluate(string package, string facts)
    {
        Command.Require(Trivy.Program, "trivy");
        _folder.Write("input/facts.json", $$"""{ "apiVersion": "v1", "kind": "Facts", "metadata": { "name": "image" }, "spec": {}, {{facts}} }""");
        string report = _folder["report.json"];
        Command.Run(
            "/", Trivy.Program, "config", "--cache-dir", _folder["cache"], "--skip-policy-update", "--config-policy", _folder["rules"],
            "--policy-namespaces", package, "--format", "json", "--output", report, _folder["input"]).Succeeds();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(report));
        return
        [
            .. document.RootElement.GetProperty("Results").EnumerateArray()
                .SelectMany(r => r.TryGetProperty("Misconfigurations", out JsonElement found) ? found.EnumerateArray().ToArray() : [])
                .Where(m => m.GetProperty("Namespace").GetString() == package)
                .Select(m => $"{m.GetProperty("Query").GetString()!.Split('.')[^1]}: {m.GetProperty("Message").GetString()}"),
        ];
    }

    [GeneratedRegex("^test_[a-z_]+", RegexOptions.Multiline)]
    private static partial Regex TestName();
}
