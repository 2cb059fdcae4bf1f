namespace EdgeSlim.Tests;

/// <summary>What the tag is when the source control says less, or more, than a clean commit.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class SourceTests
{
    [TestMethod]
    public void Without_a_repository_there_is_a_warning_and_the_tag_latest_or_that_of_the_CI()
    {
        using PublishedProject project = new(Apps.Hello);
        CommandResult result = project.EdgeImage().Succeeds();

        Assert.Contains("warning EDGE3101", result.Output);
        Assert.Contains("helloagent:latest", result.Output);

        project.Environment["GITHUB_SHA"] = "0123456789abcdef0123456789abcdef01234567";
        result = project.EdgeImage().Succeeds();

        Assert.DoesNotContain("warning", result.Output);
        Assert.Contains("helloagent:0123456789ab", result.Output);

        project.Environment["GITHUB_SHA"] = null;
        project.Commit();
        result = project.EdgeImage().Succeeds();

        Assert.DoesNotContain("warning", result.Output);
        Assert.Contains($"helloagent:{project.Tag} ", result.Output);

        project.Write("notes.txt", "not committed");
        result = project.EdgeImage().Succeeds();

        Assert.Contains("warning EDGE3105", result.Output);
        Assert.Contains($"helloagent:{project.Tag}-dirty ", result.Output);
    }

    [TestMethod]
    public void What_is_not_committed_cannot_be_reproduced()
    {
        using PublishedProject project = new(Apps.Hello);
        Reproduce(project).FailsWith("EDGE5041");
        project.Commit();
        project.Write("notes.txt", "not committed");

        Assert.Contains("notes.txt", Reproduce(project).FailsWith("EDGE5040").Output);
    }

    private static CommandResult Reproduce(PublishedProject project) =>
        project.Publish("Publish;EdgeReproduce", Microsoft.Build.Framework.LoggerVerbosity.Minimal);
}
