using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>What real applications need, and that it is said before an image without it is composed.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NeedsTests
{
    [TestMethod]
    public void The_sample_needs_the_users_name_and_nothing_else()
    {
        Assert.AreEqual("user certain", Summary(Facts(PublishedAgent.Project), "needs"));
        Assert.AreEqual("", Summary(Facts(PublishedAgent.Project), "refused"));
        Assert.DoesNotContain("EDGE20", PublishedAgent.Result.Output);

        JsonElement need = Facts(PublishedAgent.Project).GetProperty("needs")[0];
        Assert.AreEqual("mstat", need.GetProperty("evidence")[0].GetProperty("source").GetString());
        JsonElement cLibrary = Facts(PublishedAgent.Project).GetProperty("cLibrary");
        Assert.AreEqual("glibc", cLibrary.GetProperty("name").GetString());
        Assert.IsTrue(cLibrary.GetProperty("isStatic").GetBoolean());
    }

    [TestMethod]
    public void Nothing_is_looked_for_again_when_nothing_changed()
    {
        string output = PublishedAgent.Project.EdgeImage("-v:n").Succeeds().Output;

        Assert.Contains("Skipping target \"_EdgeSlimNeeds\"", output);
        Assert.Contains("Skipping target \"_EdgeSlimCheckNeeds\"", output);
    }

    [TestMethod]
    public void Where_cultures_are_used_the_log_says_so_until_the_project_chooses()
    {
        using AgentProject project = new(
            "Texts",
            code: """
                Console.WriteLine(Texts.Clean(args.Length > 0 ? args[0] : "ready"));

                internal static class Texts
                {
                    public static string Clean(string text) =>
                        string.Compare(text, "b", StringComparison.CurrentCulture) > 0 ? text : text.Normalize();
                }
                """);
        project.Commit();
        string output = project.EdgeImage("-v:n").Succeeds().Output;
        Assert.Contains("warning EDGE2024: ", output);
        Assert.Contains("String.Normalize in Texts.Clean (Texts)", output);
        Assert.Contains("message EDGE2025: ", output);
        Assert.Contains("String.Compare with a culture in Texts.Clean (Texts)", output);
        Assert.AreEqual(2, Facts(project).GetProperty("cultureUses").GetArrayLength());

        Assert.DoesNotContain("EDGE20", project.EdgeImage("-v:n", "-p:EdgeGlobalization=invariant").Succeeds().Output);

        // A machine that cannot link ICU in says what it lacks, and that the application breaks without.
        using ToolFolder tools = ToolFolder.With("clang", "ld.lld", "llvm-objcopy", "git");
        using AgentProjectEnvironment environment = new(project, ("PATH", tools.Path));
        CommandResult withCultures = project.EdgeImage("-p:EdgeGlobalization=icu", "-p:EdgeBase=scratch");
        withCultures.FailsWith("EDGE2021");
        Assert.Contains("needs ICU (icu: ", withCultures.Output);
        Assert.Contains("lacks cmake, make to link it in. Install it: apt-get install libicu-dev g++ cmake make", withCultures.Output);
        Assert.Contains("needs icu", withCultures.Output);
        Assert.Contains("GlobalizationNative_", withCultures.Output);
    }

    private static JsonElement Facts(AgentProject project) =>
        Read(Path.Combine(project.EdgeFolder, "facts.json")).GetProperty("needs");

    private static JsonElement Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    private static string Summary(JsonElement needs, string list) => string.Join(", ", needs.GetProperty(list).EnumerateArray()
        .Select(n => $"{n.GetProperty("name").GetString()} {n.GetProperty("certainty").GetString()}"));
}
