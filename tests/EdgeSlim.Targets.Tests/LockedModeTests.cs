namespace EdgeSlim.Tests;

/// <summary>The mode that the evidence chose is in the lock file, and another one is refused where the project is locked.</summary>
[TestClass]
public sealed class LockedModeTests
{
    private const string Check = """<Target Name="Check"><CheckLockedMode LockFile="edge.lock.json" Mode="$(Chosen)" /></Target>""";

    [TestMethod]
    [DataRow("""{ "version": 1, "mode": "aot", "bases": [] }""", "aot", null)]
    [DataRow("""{ "version": 1, "mode": "aot", "bases": [] }""", "selfcontained", "EDGE1018")]
    [DataRow("""{ "version": 1, "bases": [] }""", "selfcontained", null)]
    [DataRow("""{ "version": 1, "mode": 7, "bases": [] }""", "aot", "EDGE2065")]
    [DataRow(null, "selfcontained", null)]
    public void A_mode_that_is_not_the_one_in_the_lock_file_is_refused(string? content, string mode, string? code)
    {
        using EvaluatedProject project = new(body: Check);
        if (content is not null)
        {
            project.Write("edge.lock.json", content);
        }

        CommandResult result = project.Build("Check", $"-p:Chosen={mode}");
        if (code is null)
        {
            result.Succeeds();
        }
        else
        {
            result.FailsWith(code);
        }
    }

    [TestMethod]
    public void The_mode_of_the_last_image_is_locked_where_the_evidence_chose_it()
    {
        using EvaluatedProject project = new();
        string[] arguments = [EvaluatedProject.Publishing, "-p:_EdgeSlimIsMade=true"];
        project.Build("EdgeUpdateBase", arguments).Succeeds();
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "edge.lock.json")), "No image was made.");

        project.Write("obj/mode.txt", "aot;trimmed;selfcontained=trimmed\n");
        Assert.Contains("The mode is trimmed", project.Build("EdgeUpdateBase", arguments).Succeeds().Output);
        Assert.Contains("\"mode\": \"trimmed\"", File.ReadAllText(Path.Combine(project.Folder, "edge.lock.json")));

        // Of other modes it says nothing.
        File.Delete(Path.Combine(project.Folder, "edge.lock.json"));
        project.Build("EdgeUpdateBase", [.. arguments, "-p:EdgeMode=aot"]).Succeeds();
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "edge.lock.json")));
    }
}
