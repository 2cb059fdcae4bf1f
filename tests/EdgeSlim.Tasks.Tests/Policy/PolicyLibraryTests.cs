using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeSlim.Tests.Documentation;

namespace EdgeSlim.Tests.Policy;

/// <summary>
/// The library in samples/policies, evaluated by a real OPA: the one that is built into Trivy, which takes rules of the user's
/// for documents of Kubernetes. It is no program <c>opa</c>, so that it says nothing of that one's command line.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Long)]
public sealed partial class PolicyLibraryTests
{
    private static readonly string Library = Path.Combine(RepositoryFiles.Root, "samples/policies");

    // The scanner takes seconds to begin: it evaluates all packages of rules at once.
    private static readonly Lazy<ILookup<string, string>> Said = new(Evaluate);

    [TestMethod]
    public void The_library_judges_an_image() => CollectionAssert.AreEquivalent(
        new[] { "deny: the image runs as 'root'", "deny: there is a secret in the image: /app/x", "warn: the port 80/tcp is one that only root may open" },
        Said.Value["edgeslim"].ToArray());

    [TestMethod]
    public void The_tests_of_the_library_pass_and_see_a_rule_that_is_broken()
    {
        CollectionAssert.AreEqual(new[] { "deny: they ran" }, Said.Value["runner"].ToArray());
        CollectionAssert.AreEquivalent(new[] { "deny: they ran", "deny: test_root" }, Said.Value["broken_runner"].ToArray());
    }

    private static ILookup<string, string> Evaluate()
    {
        Command.Require(Trivy.Program, "trivy");
        using TemporaryFolder folder = new();
        string rules = File.ReadAllText(Path.Combine(Library, "edgeslim.rego"));
        string tests = File.ReadAllText(Path.Combine(Library, "edgeslim_test.rego"));
        string[] names = [.. TestName().Matches(tests).Select(m => m.Value)];
        Assert.IsGreaterThan(8, names.Length);
        string Runner(string prefix) => $"package {prefix}runner\n\nimport future.keywords\n\ndeny contains \"they ran\" if {{ true }}\n" + string.Concat(
            names.Select(n => $"\ndeny contains \"{n}\" if {{\n\tnot data.{prefix}edgeslim_test.{n}\n}}\n"));

        folder.Write("rules/edgeslim.rego", rules);
        // Under its own name it would be passed over.
        folder.Write("rules/tests.rego", tests);
        folder.Write("rules/runner.rego", Runner(""));
        string broken = rules.Replace("{\"root\", \"0\"}", "{\"root\"}", StringComparison.Ordinal);
        Assert.AreNotEqual(rules, broken);
        folder.Write("rules/broken.rego", broken.Replace("package edgeslim", "package broken_edgeslim", StringComparison.Ordinal));
        folder.Write("rules/broken_tests.rego", tests
            .Replace("package edgeslim_test", "package broken_edgeslim_test", StringComparison.Ordinal)
            .Replace("import data.edgeslim", "import data.broken_edgeslim as edgeslim", StringComparison.Ordinal));
        folder.Write("rules/broken_runner.rego", Runner("broken_"));
        folder.Write("input/facts.json", """
            { "apiVersion": "v1", "kind": "Facts", "metadata": { "name": "image" }, "spec": {},
              "image": { "base": { "name": "scratch" }, "user": "root", "ports": ["80/tcp"], "compressedBytes": 1,
                "labels": { "org.opencontainers.image.title": "a", "org.opencontainers.image.created": "b" } },
              "policy": { "checks": [{ "rule": "secret", "breaches": [{ "subject": "/app/x" }, { "subject": "/app/y", "exempted": "known" }] }] },
              "scan": { "findings": [] } }
            """);
        string report = folder["report.json"];
        Command.Run(
            "/", Trivy.Program, "config", "--cache-dir", folder["cache"], "--skip-policy-update", "--config-policy", folder["rules"],
            "--policy-namespaces", "edgeslim,runner,broken_runner", "--format", "json", "--output", report, folder["input"]).Succeeds();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(report));
        return document.RootElement.GetProperty("Results").EnumerateArray()
            .SelectMany(r => r.TryGetProperty("Misconfigurations", out JsonElement found) ? found.EnumerateArray().ToArray() : [])
            .ToLookup(
                m => m.GetProperty("Namespace").GetString()!,
                m => $"{m.GetProperty("Query").GetString()!.Split('.')[^1]}: {m.GetProperty("Message").GetString()}");
    }

    [GeneratedRegex("^test_[a-z_]+", RegexOptions.Multiline)]
    private static partial Regex TestName();
}
