namespace EdgeSlim.Tests;

/// <summary>What real applications need, and that it is said before an image without it is composed.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
[Rotating(11)]
public sealed class NeedsTests
{
    [TestMethod]
    public void A_machine_that_cannot_link_ICU_in_says_what_it_lacks_and_that_the_application_breaks_without()
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
        using ToolFolder tools = ToolFolder.With("clang", "ld.lld", "llvm-objcopy", "git");
        using AgentProjectEnvironment environment = new(project, ("PATH", tools.Path));
        CommandResult withCultures = project.EdgeImage("-p:EdgeGlobalization=icu", "-p:EdgeBase=scratch");
        withCultures.FailsWith("EDGE2021");
        Assert.Contains("needs ICU (icu: ", withCultures.Output);
        Assert.Contains("lacks cmake, make to link it in. Install it: apt-get install libicu-dev g++ cmake make", withCultures.Output);
        Assert.Contains("needs icu", withCultures.Output);
        Assert.Contains("GlobalizationNative_", withCultures.Output);
    }
}
