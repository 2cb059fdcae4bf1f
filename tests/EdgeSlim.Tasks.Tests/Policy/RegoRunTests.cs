using EdgeSlim.Diagnostics;
using EdgeSlim.Policy;
using EdgeSlim.Publishing;
using EdgeSlim.Tests.Documentation;

namespace EdgeSlim.Tests.Policy;

/// <summary>Engines that answer as OPA and conftest document it, and what a real one cannot be made to do.</summary>
[TestClass]
public sealed class RegoRunTests
{
    private const string Opa =
        """
        {"result":[{"expressions":[{"value":{
          "main":{"deny":["no root",{"msg":"no shell","details":{"x":1}}],"warn_size":["large"],"helper":[7],"max":3},
          "team":{"labels":{"violation":[{"msg":"no owner"}],"deny_more":[]}},
          "lib":{"names":["deny"]}},"text":"data","location":{"row":1,"col":1}}]}]}
        """;

    private const string Conftest =
        """
        [{"filename":"policy-input.json","namespace":"main","successes":1,"warnings":[{"msg":"large"}],"failures":[{"msg":"no shell","metadata":{"x":1}},{"msg":"no root"}]},
         {"filename":"policy-input.json","namespace":"team.labels","successes":3,"failures":[{"msg":"no owner"}]}]
        """;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("opa", Opa)]
    [DataRow("conftest", Conftest)]
    public async Task Both_say_the_same_of_the_same_rules(string name, string answer)
    {
        IReadOnlyList<PolicyCheck> checks = await JudgeAsync(name, $"cat <<'END'\n{answer}\nEND");
        Assert.AreSequenceEqual(
            ["main/deny Failed EDGE5086 no root+no shell", "main/warn Warned EDGE5087 large", "team.labels/deny Failed EDGE5086 no owner"],
            checks.Select(c => $"{c.Rule} {c.Verdict} {c.Code} {string.Join('+', c.Breaches.Select(b => b.Subject))}"));
        Assert.AreEqual(PolicyVerdict.Failed, (await JudgeAsync(name, $"cat <<'END'\n{answer}\nEND", isStrict: true))[1].Verdict);
    }

    [TestMethod]
    [DataRow("opa", """{"result":[{"expressions":[{"value":{"main":{"deny":[]}}}]}]}""")]
    [DataRow("conftest", """[{"filename":"x","namespace":"main","successes":1}]""")]
    public async Task Rules_that_say_nothing_are_kept(string name, string answer) =>
        Assert.AreEqual("main/deny Passed", string.Join(' ', (await JudgeAsync(name, $"echo '{answer}'")).Select(c => $"{c.Rule} {c.Verdict}")));

    [TestMethod]
    [DataRow("opa", "echo broken >&2; exit 1", "EDGE5083")]
    [DataRow("opa", "kill -SEGV $$", "EDGE5083")]
    [DataRow("conftest", "echo 'Error: unknown flag' >&2; exit 1", "EDGE5083")]
    [DataRow("opa", "echo hello", "EDGE5085")]
    [DataRow("opa", "true", "EDGE5085")]
    [DataRow("opa", "echo '{}'", "EDGE5085")]
    [DataRow("opa", "echo '[]'", "EDGE5085")]
    [DataRow("opa", """echo '{"result":[]}'""", "EDGE5085")]
    [DataRow("opa", """echo '{"result":[{"expressions":[{"value":{"main":{"deny":true}}}]}]}'""", "EDGE5085")]
    [DataRow("opa", """echo '{"result":[{"expressions":[{"value":{"main":{"deny":[{"text":"x"}]}}}]}]}'""", "EDGE5085")]
    [DataRow("conftest", "echo '{}'", "EDGE5085")]
    [DataRow("conftest", """echo '[{"failures":[]}]'""", "EDGE5085")]
    [DataRow("opa", """echo '{"errors":[{"message":"unexpected } token","code":"rego_parse_error","location":{"file":"a.rego","row":3,"col":1}}]}'; exit 2""", "EDGE5082")]
    [DataRow("opa", "echo '1 error occurred: a.rego:3: rego_parse_error: unexpected } token' >&2; exit 2", "EDGE5082")]
    [DataRow("conftest", "echo 'Error: running test: load: loading policies: load: 1 error occurred during loading: a.rego:3: rego_parse_error: unexpected } token' >&2; exit 1", "EDGE5082")]
    [DataRow("conftest", "echo 'Error: get compiler: 1 error occurred: a.rego:3: rego_unsafe_var_error: var x is unsafe' >&2; exit 1", "EDGE5082")]
    public async Task An_engine_that_does_not_do_its_work_is_an_error(string name, string script, string code)
    {
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(() => JudgeAsync(name, script));
        Assert.AreEqual(code, error.Code);
        if (code == "EDGE5082")
        {
            Assert.Contains("a.rego:3", error.Message);
        }
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task An_engine_that_hangs_is_ended()
    {
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(() => JudgeAsync("opa", "sleep 600 & wait", timeout: 1));
        Assert.AreEqual("EDGE5084", error.Code);
    }

    [TestMethod]
    public async Task What_is_not_there_is_said()
    {
        Assert.AreEqual("EDGE5081", Assert.ThrowsExactly<EdgeException>(() => RegoRun.Find("", TimeSpan.FromSeconds(1), new MachineTools("/nowhere"))).Code);
        Assert.AreEqual("EDGE5081", Assert.ThrowsExactly<EdgeException>(() => RegoRun.Find("/nowhere/opa", TimeSpan.FromSeconds(1), new MachineTools("/nowhere"))).Code);
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(() => JudgeAsync("opa", "exit 0", policy: "/nowhere/a.rego"));
        Assert.AreEqual("EDGE5080", error.Code);
    }

    [TestMethod]
    public void Both_are_asked_by_their_documented_command_line()
    {
        Assert.AreEqual(
            "eval --format json --strict-builtin-errors --input /facts --data /a --data /b data",
            string.Join(' ', new OpaEngine().Command("opa", ["/a", "/b"], "/facts").Arguments));
        Assert.AreEqual(
            "test --output json --no-fail --all-namespaces --policy /a --policy /b /facts",
            string.Join(' ', new ConftestEngine().Command("conftest", ["/a", "/b"], "/facts").Arguments));
    }

    /// <summary>The real ones, wherever one is.</summary>
    [TestMethod]
    [DataRow("opa")]
    [DataRow("conftest")]
    public async Task The_real_engine_evaluates_the_library(string name)
    {
        if (new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? "").Find(name) is not string program)
        {
            Assert.Inconclusive($"{name} is not on PATH.");
            return;
        }

        string policies = Path.Combine(RepositoryFiles.Root, "samples/policies");
        if (name == "opa")
        {
            Command.Run("/", program, "test", policies).Succeeds();
        }

        using TemporaryFolder folder = new();
        string input = folder.Write("policy-input.json", """
            { "image": { "base": { "name": "scratch" }, "user": "root", "ports": ["80/tcp"], "compressedBytes": 1,
              "labels": { "org.opencontainers.image.title": "a", "org.opencontainers.image.created": "b" } }, "policy": { "checks": [] }, "scan": { "findings": [] } }
            """);
        RegoRun run = RegoRun.Find(program, TimeSpan.FromSeconds(60), new MachineTools("/nowhere"));
        IReadOnlyList<PolicyCheck> checks = await run.JudgeAsync([policies], input, false, TestContext.CancellationToken);
        Assert.AreEqual("the image runs as 'root'", checks.Single(c => c.Rule == "edgeslim/deny").Breaches.Single().Subject);
        Assert.HasCount(1, checks.Single(c => c.Rule == "edgeslim/warn").Breaches);

        string broken = folder.Write("broken.rego", "package main\n\ndeny contains msg if {\n");
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(() => run.JudgeAsync([broken], input, false, TestContext.CancellationToken));
        Assert.AreEqual("EDGE5082", error.Code);
    }

    private async Task<IReadOnlyList<PolicyCheck>> JudgeAsync(string name, string script, int timeout = 30, bool isStrict = false, string policy = "/tmp")
    {
        using TemporaryFolder folder = new();
        string program = folder.WriteProgram(name, "#!/bin/sh\n" + script + "\n");
        return await RegoRun.Find(program, TimeSpan.FromSeconds(timeout), new MachineTools("/nowhere"))
            .JudgeAsync([policy], "/facts", isStrict, TestContext.CancellationToken);
    }
}
