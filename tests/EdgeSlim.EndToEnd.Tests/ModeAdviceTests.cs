using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>An application that Native AOT cannot take is told which mode can, and that mode keeps the word.</summary>
[TestClass]
public sealed class ModeAdviceTests
{
    private const string Emit =
        """
        using System.Reflection.Emit;

        DynamicMethod twice = new("twice", typeof(int), [typeof(int)]);
        ILGenerator il = twice.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Dup);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ret);
        Console.WriteLine($"twice 21 is {twice.Invoke(null, [21])}");
        """;

    private const string Json =
        """
        Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(new Reading(1, 2)));
        #if WITH_PACKAGE
        Console.WriteLine(Newtonsoft.Json.JsonConvert.SerializeObject(args));
        #endif

        internal sealed record Reading(int Low, int High);
        """;

    [TestMethod]
    public void Code_that_is_made_at_run_time_needs_the_trimmed_mode_and_works_there()
    {
        using AgentProject project = new("Emitter", code: Emit);
        project.Commit();
        string output = project.EdgeImage().Succeeds().Output;
        string advice = Said(output).Single();
        Assert.Contains("may fail with EdgeMode=aot: IL3050 in Program.cs(3): Using member 'System.Reflection.Emit.DynamicMethod", advice);
        Assert.MatchesRegex(@"EdgeMode=trimmed is the smallest mode that takes such code; it adds about (6\.[5-9]|7\.)", advice);
        Assert.AreNotEqual(0, Command.Run("/", project.Binary).ExitCode);

        JsonElement analysis = Facts(project).GetProperty("analysis");
        Assert.AreEqual("trimmed", analysis.GetProperty("nextMode").GetString());
        Assert.AreEqual("Program.cs", analysis.GetProperty("warnings")[0].GetProperty("file").GetString());
        Assert.AreEqual(3, analysis.GetProperty("warnings")[0].GetProperty("line").GetInt32());

        // Said again in a run that compiles nothing.
        Assert.HasCount(1, Said(project.EdgeImage().Succeeds().Output));

        GlibcBase.Create(Path.Combine(project.Folder, "base"));
        string trimmed = project.EdgeImage("-p:EdgeMode=trimmed", "-p:ContainerBaseImage=oci:base").Succeeds().Output;
        Assert.IsEmpty(Said(trimmed));
        Assert.Contains(
            "twice 21 is 42", Command.Run("/", Path.Combine(project.Folder, "bin/Release/net10.0/linux-x64/publish/Emitter")).Succeeds().Output);
        Assert.AreEqual(0, Facts(project).GetProperty("analysis").GetProperty("warningCount").GetInt32());
    }

    [TestMethod]
    public void Code_that_trimming_takes_away_needs_the_self_contained_mode_unless_it_is_suppressed()
    {
        using AgentProject project = new(
            "Serializer",
            items: "<PackageReference Include=\"Newtonsoft.Json\" Version=\"13.0.3\" Condition=\"'$(DefineConstants)' == 'WITH_PACKAGE'\" />",
            code: Json);
        project.Commit();
        string advice = Said(project.EdgeImage("-p:ErrorLog=own.json", "-p:DefineConstants=WITH_PACKAGE").Succeeds().Output).Single();
        Assert.Contains("EdgeMode=framework takes it as well: about ", advice);
        string[] codes = [.. Facts(project).GetProperty("analysis").GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").GetString()!)];
        string[] expected = ["IL2026", "IL3050", "IL2104", "IL3053"];
        CollectionAssert.IsSubsetOf(expected, codes);
        Assert.Contains("IL2026 in Program.cs(1): Using member 'System.Text.Json.JsonSerializer.Serialize<TValue>", advice);
        Assert.Contains("EdgeMode=selfcontained is the smallest mode", advice);
        Assert.IsTrue(File.Exists(Path.Combine(project.Folder, "own.json")), "The project's own log is not replaced.");

        project.Write("Program.cs", "#pragma warning disable IL2026, IL3050\n" + Json);
        Assert.IsEmpty(Said(project.EdgeImage().Succeeds().Output));

        project.Write("Program.cs", Json);
        GlibcBase.Create(Path.Combine(project.Folder, "base"));
        Assert.IsEmpty(Said(project.EdgeImage("-p:EdgeMode=selfcontained", "-p:ContainerBaseImage=oci:base").Succeeds().Output));
        Assert.Contains(
            "{\"Low\":1,\"High\":2}", Command.Run("/", Path.Combine(project.Folder, "bin/Release/net10.0/linux-x64/publish/Serializer")).Succeeds().Output);
    }

    private static string[] Said(string output) =>
        [.. output.Split('\n').Where(l => l.Contains("warning EDGE1017", StringComparison.Ordinal)).Distinct()];

    private static JsonElement Facts(AgentProject project)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json")));
        return facts.RootElement.Clone();
    }
}
