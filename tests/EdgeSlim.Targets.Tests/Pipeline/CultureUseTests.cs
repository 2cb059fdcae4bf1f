using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>What the log says of code that formats or compares by the rules of a culture.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class CultureUseTests
{
    [TestMethod]
    public void Where_cultures_are_used_the_log_says_so_until_the_project_chooses()
    {
        using PublishedProject project = new(Apps.Careless);
        project.Commit();
        string output = Build().Output;
        Assert.Contains("warning EDGE2024: ", output);
        Assert.Contains("String.Normalize in Texts.Clean (Careless)", output);
        Assert.Contains("message EDGE2025: ", output);
        Assert.Contains("String.Compare with a culture in Texts.Clean (Careless)", output);
        Assert.AreEqual(2, project.Facts.GetProperty("needs").GetProperty("cultureUses").GetArrayLength());

        Assert.DoesNotContain("EDGE20", Build("-p:EdgeGlobalization=invariant").Output);

        CommandResult Build(params string[] arguments) => project.Publish("Publish;_EdgeSlimMakeImage", LoggerVerbosity.Normal, arguments).Succeeds();
    }
}
