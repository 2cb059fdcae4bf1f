using System.Text.Json;
using System.Xml.Linq;

namespace EdgeSlim.Tests;

/// <summary>The gate that holds an image against what images have to be like, with the real tasks and no compiler.</summary>
[TestClass]
public sealed class PolicyTests
{
    private const string WithSecret = """<ItemGroup><ResolvedFileToPublish Include="settings.txt" RelativePath="settings.txt" /></ItemGroup>""";

    private static readonly string Token = "gh" + "p_" + "aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW1xY3";

    [TestMethod]
    public void An_image_that_breaks_rules_is_not_delivered_and_all_breaches_are_said_at_once()
    {
        using EvaluatedProject project = Faked(WithSecret);
        project.Write("settings.txt", $"token={Token}");
        string archive = Path.Combine(project.Folder, "image.tar");
        string[] arguments = [EvaluatedProject.Publishing, $"-p:ContainerArchiveOutputPath={archive}", "-p:ContainerUser=root", "-p:EdgePolicy=strict"];

        // It is no better for having been looked at.
        for (int run = 0; run < 2; run++)
        {
            CommandResult refused = project.Build("_EdgeSlimReport", arguments);
            Assert.AreNotEqual(0, refused.ExitCode);
            Assert.Contains("error EDGE5062", refused.Output);
            Assert.Contains("error EDGE5068: There are secrets in the image: /app/settings.txt (a token of GitHub)", refused.Output);
            Assert.Contains("error EDGE5039: Nothing is delivered: the policy found", refused.Output);
            Assert.DoesNotContain(Token, refused.Output);
            Assert.IsFalse(File.Exists(archive));
        }

        XElement suite = XElement.Load(Path.Combine(project.Folder, "bin/edge/policy.junit.xml")).Element("testsuite")!;
        Assert.AreEqual("2", suite.Attribute("failures")!.Value);

        project.Build("_EdgeSlimReport", [EvaluatedProject.Publishing, $"-p:ContainerArchiveOutputPath={archive}", "-p:EdgePolicy=off"]).Succeeds();
        Assert.IsTrue(File.Exists(archive));
        Assert.DoesNotContain("\"policy\"", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));
    }

    [TestMethod]
    public void The_file_the_items_and_the_exemptions_decide_and_a_change_of_them_is_a_reason_to_look_again()
    {
        using EvaluatedProject project = Faked(WithSecret + """<ItemGroup><EdgePolicyRule Include="root-user" Level="$(RootLevel)" /></ItemGroup>""");
        project.Write("settings.txt", $"token={Token}");
        project.Write("edge.policy.json", """{ "exemptions": [{ "rule": "secret", "subject": "/app/settings.txt", "reason": "opens nothing", "expires": "2999-01-01" }] }""");
        string[] arguments = [EvaluatedProject.Publishing, "-p:ContainerUser=root"];

        string output = project.Build("_EdgeSlimReport", [.. arguments, "-p:RootLevel=warn"]).Succeeds().Output;
        Assert.Contains("warning EDGE5062", output);
        Assert.Contains("Let pass: secret: /app/settings.txt (a token of GitHub): opens nothing", output);
        Assert.Contains("rules, warnings: root-user", output);
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));
        JsonElement secret = facts.RootElement.GetProperty("policy").GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("rule").GetString() == "secret");
        Assert.AreEqual("passed opens nothing", $"{secret.GetProperty("verdict").GetString()} {secret.GetProperty("breaches")[0].GetProperty("exempted").GetString()}");

        // Said in each run.
        Assert.Contains("warning EDGE5062", project.Build("_EdgeSlimReport", [.. arguments, "-p:RootLevel=warn"]).Succeeds().Output);
        project.Build("_EdgeSlimReport", [.. arguments, "-p:RootLevel=error"]).FailsWith("EDGE5062");
        string clean = project.Build("_EdgeSlimReport", [.. arguments, "-p:RootLevel=off"]).Succeeds().Output;
        Assert.DoesNotContain("EDGE5062", clean);
        Assert.Contains("Skipping target \"_EdgeSlimPolicy\"", project.Build("_EdgeSlimReport", [.. arguments, "-p:RootLevel=off"]).Succeeds().Output);

        // A file that is put in its place counts though it is older.
        project.Write("edge.policy.json", "{}");
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "edge.policy.json"), DateTime.UtcNow.AddYears(-1));
        Assert.Contains("EDGE5068", project.Build("_EdgeSlimReport", [.. arguments, "-p:RootLevel=off"]).Output);

        project.Write("edge.policy.json", """{ "rules": { "shel": "off" } }""");
        project.Build("_EdgeSlimReport", [.. arguments, "-p:RootLevel=off"]).FailsWith("EDGE5080");
    }

    [TestMethod]
    public void A_base_that_is_not_allowed_is_blocked_before_anybody_is_asked_for_it()
    {
        using EvaluatedProject project = Faked();
        string[] arguments = [EvaluatedProject.Publishing, "-p:EdgeBase=registry.invalid/someone/base:1", "-p:EdgeRegistryTimeout=2"];

        CommandResult refused = project.Build("_EdgeSlimReport", arguments);
        refused.FailsWith("EDGE5060");
        Assert.Contains("registry.invalid/someone/base:1", refused.Output);
        Assert.DoesNotContain("EDGE4001", refused.Output);
        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "obj")) && Directory.GetDirectories(Path.Combine(project.Folder, "obj"), "base", SearchOption.AllDirectories).Length > 0);

        // One that is allowed is asked for.
        project.Write("edge.policy.json", """{ "allowedBases": ["registry.invalid/someone"] }""");
        project.Build("_EdgeSlimReport", arguments).FailsWith("EDGE4001");
        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgeRequireDigest=true"]).FailsWith("EDGE5061");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, "-p:EdgeSliceFrom=registry.invalid/other:1").FailsWith("EDGE5060");
    }

    [TestMethod]
    public void Rules_of_the_user_judge_by_what_is_known_before_the_delivery()
    {
        using EvaluatedProject project = Faked();
        using TemporaryFolder folder = new();
        string rule = folder.Write("rules/main.rego", "package main");
        string asked = folder["asked"];
        string Engine(string answer) =>
            folder.WriteProgram("opa", $"#!/bin/sh\necho \"$*\" >> '{asked}'\ncat <<'END'\n{answer}\nEND\n");
        string opa = Engine("""{"result":[{"expressions":[{"value":{"main":{"deny":["not on a Tuesday"],"warn":["look at it"]}}}]}]}""");
        string[] arguments = [EvaluatedProject.Publishing, $"-p:EdgePolicyRego={folder["rules"]}", $"-p:EdgePolicyEngine={opa}"];

        CommandResult refused = project.Build("_EdgeSlimReport", [.. arguments, "-p:ContainerUser=root"]);
        Assert.Contains("error EDGE5086: The policy of EdgePolicyRego says no (main/deny): not on a Tuesday", refused.Output);
        Assert.Contains("warning EDGE5087", refused.Output);
        Assert.Contains("warning EDGE5062", refused.Output);
        Assert.Contains("error EDGE5039", refused.Output);
        string input = Directory.GetFiles(project.Folder, "policy-input.json", SearchOption.AllDirectories).Single();
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(input));
        Assert.AreEqual("root", facts.RootElement.GetProperty("image").GetProperty("user").GetString());
        Assert.AreEqual(0, facts.RootElement.GetProperty("deliveries").GetArrayLength());
        Assert.AreEqual(15, facts.RootElement.GetProperty("policy").GetProperty("checks").GetArrayLength());

        // Rules that pass are not asked again until they change.
        Engine("""{"result":[{"expressions":[{"value":{"main":{"deny":[]}}}]}]}""");
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        int questions = File.ReadAllLines(asked).Length;
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        Assert.HasCount(questions, File.ReadAllLines(asked));
        Assert.Contains("\"engine\": \"opa\"", File.ReadAllText(Path.Combine(project.Folder, "bin/edge/facts.json")));
        File.WriteAllText(rule, "package main # changed");
        project.Build("_EdgeSlimReport", arguments).Succeeds();
        Assert.HasCount(questions + 1, File.ReadAllLines(asked));

        project.Build("_EdgeSlimReport", [.. arguments, "-p:EdgePolicyEngine=/nowhere/opa"]).FailsWith("EDGE5081");
    }

    [TestMethod]
    public void A_policy_that_is_named_and_not_there_or_a_word_that_is_none_is_refused()
    {
        using EvaluatedProject project = Faked();
        project.Build("BeforeBuild", EvaluatedProject.Publishing, "-p:EdgePolicy=loud").FailsWith("EDGE9004");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, "-p:EdgePolicyFile=nowhere.json").FailsWith("EDGE5080");
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "bin/edge/facts.json")));
    }

    private static EvaluatedProject Faked(string more = "")
    {
        EvaluatedProject project = new(
            "<OutputType>Exe</OutputType><OutDir>bin/</OutDir><PublishDir>bin/publish/</PublishDir>",
            body: """<ItemGroup><ResolvedFileToPublish Include="App" RelativePath="App" /></ItemGroup>""" + more);
        project.Write("App", StageTests.Program);
        return project;
    }
}
