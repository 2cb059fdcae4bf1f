using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeSlim.Tests;

/// <summary>An application that Native AOT cannot take is told which mode can, and that mode keeps the word.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ModeAdviceTests
{
    [TestMethod]
    public void Code_that_is_made_at_run_time_needs_the_trimmed_mode()
    {
        using PublishedProject project = new(Apps.Careless);
        project.Commit();

        // As the compiler says it of an application without the code that trimming takes away, in a log of the project's own.
        KeepWarningsOf(project, "Emitter.cs", "own.json");
        string output = project.EdgeImage("-p:ErrorLog=own.json").Succeeds().Output;
        string advice = Said(output).Single();
        Assert.Contains("may fail with EdgeMode=aot: IL3050 in Emitter.cs(7): Using member 'System.Reflection.Emit.DynamicMethod", advice);
        Assert.MatchesRegex(@"EdgeMode=trimmed is the smallest mode that takes such code; it adds about (5\.[3-9]|6\.[0-3])", advice);
        Assert.AreNotEqual(0, Command.Run("/", project.Binary, "emit").ExitCode);

        JsonElement analysis = project.Facts.GetProperty("analysis");
        Assert.AreEqual("trimmed", analysis.GetProperty("nextMode").GetString());
        Assert.AreEqual("Emitter.cs", analysis.GetProperty("warnings")[0].GetProperty("file").GetString());
        Assert.AreEqual(7, analysis.GetProperty("warnings")[0].GetProperty("line").GetInt32());

        // Said again in a run in which nothing changed.
        Assert.HasCount(1, Said(project.EdgeImage("-p:ErrorLog=own.json").Succeeds().Output));
    }

    [TestMethod]
    [Rotating(14)]
    public void Code_that_is_made_at_run_time_works_in_the_trimmed_mode()
    {
        using TemporaryFolder folder = new();
        using PublishedProject project = new(Apps.Emitter);
        project.Commit();
        GlibcBase.Create(folder["base"]);

        Assert.IsEmpty(Said(project.EdgeImage($"-p:ContainerBaseImage=oci:{folder["base"]}").Succeeds().Output));
        Assert.Contains("twice 21 is 42", Command.Run("/", project.PublishedBinary).Succeeds().Output);
        Assert.AreEqual(0, project.Facts.GetProperty("analysis").GetProperty("warningCount").GetInt32());
        Assert.Contains("IL3050", File.ReadAllText(Path.Combine(project.Folder, "own.json")), "The project's own log is not replaced.");
    }

    [TestMethod]
    public void Code_that_trimming_takes_away_needs_the_self_contained_mode_unless_it_is_suppressed()
    {
        using PublishedProject project = new(Apps.Careless);
        project.Commit();
        string advice = Said(project.EdgeImage().Succeeds().Output).Single();
        Assert.Contains("EdgeMode=framework takes it as well: about ", advice);
        Assert.Contains("IL2026 in Serializer.cs(4): Using member 'System.Text.Json.JsonSerializer.Serialize<TValue>", advice);
        Assert.Contains("EdgeMode=selfcontained is the smallest mode", advice);

        JsonElement analysis = project.Facts.GetProperty("analysis");
        JsonElement[] warnings = [.. analysis.GetProperty("warnings").EnumerateArray()];
        string[] expected = ["IL2026", "IL3050", "IL2104", "IL3053"];
        CollectionAssert.IsSubsetOf(expected, warnings.Select(w => w.GetProperty("code").GetString()!).ToArray());
        Assert.HasCount(analysis.GetProperty("warningCount").GetInt32(), warnings);
        Assert.DoesNotContain("Suppressed.cs", analysis.GetRawText());
    }

    [TestMethod]
    [Rotating(9)]
    public void Code_that_trimming_takes_away_works_in_the_self_contained_mode()
    {
        using TemporaryFolder folder = new();
        using PublishedProject project = new(Apps.Whole);
        project.Commit();
        GlibcBase.Create(folder["base"]);

        Assert.IsEmpty(Said(project.EdgeImage($"-p:ContainerBaseImage=oci:{folder["base"]}").Succeeds().Output));
        Assert.Contains("{\"Low\":1,\"High\":2}", Command.Run("/", project.PublishedBinary, "json").Succeeds().Output);
    }

    private static void KeepWarningsOf(PublishedProject project, string source, string target)
    {
        string edge = Path.Combine(project.Folder, "obj/edge/Release/net10.0/linux-x64/edge");
        JsonNode log = JsonNode.Parse(File.ReadAllText(Path.Combine(edge, "analysis.sarif")))!;
        JsonArray results = log["runs"]![0]!["results"]!.AsArray();
        foreach (JsonNode? result in results.Where(r => !r!.ToJsonString().Contains(source, StringComparison.Ordinal)).ToArray())
        {
            results.Remove(result);
        }

        project.Write(target, log.ToJsonString());
        File.Delete(Path.Combine(edge, "ilc.log"));
    }

    private static string[] Said(string output) =>
        [.. output.Split('\n').Where(l => l.Contains("warning EDGE1017", StringComparison.Ordinal)).Distinct()];
}
