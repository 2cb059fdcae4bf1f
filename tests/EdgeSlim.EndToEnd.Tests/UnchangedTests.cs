namespace EdgeSlim.Tests;

/// <summary>
/// An image is made of the same inputs once. Whatever the image depends on, and changes, makes it anew. The application runs on a
/// runtime in its base, so that nothing is compiled to native code.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class UnchangedTests
{
    private const string Unchanged = "is taken as it is";

    [TestMethod]
    public void Nothing_is_built_where_nothing_changed_and_all_is_said_again()
    {
        using AgentProject project = Create();
        project.Commit();
        string first = project.PublishImage(RuntimeBase.Options).Succeeds().Output;

        CommandResult second = project.Dotnet(["publish", "-t:EdgeImage", "-tl:off", "-v:n", .. RuntimeBase.Options]).Succeeds();

        Assert.Contains(Unchanged, second.Output, Reason(second.Output));
        Assert.DoesNotContain("bin/edge/", second.Output);
        string summary = first[first.IndexOf("  agent:", StringComparison.Ordinal)..].Trim();
        Assert.Contains(string.Join('\n', summary.Split('\n').Select(l => l.Trim())), string.Join('\n', second.Output.Split('\n').Select(l => l.Trim())));
        Assert.AreEqual(Warnings(first), Warnings(second.Output));
    }

    [TestMethod]
    public void What_changed_is_noticed_and_named()
    {
        using AgentProject project = Create();
        project.Commit();
        project.PublishImage(RuntimeBase.Options).Succeeds();
        Made(project, "Added.cs", () => project.Write("Added.cs", "internal static class Added;"));
        Made(project, "Words.dll", () => project.Write("Words/Greeting.cs", "namespace Words; public static class Greeting { public static string Text => \"changed\"; }"));
        Made(project, "Directory.Build.props", () => project.Write("Directory.Build.props", "<Project><PropertyGroup><Described>yes</Described></PropertyGroup></Project>"));
        Made(project, "the output ", () => File.Delete(Path.Combine(project.EdgeFolder, "report.html")));
        Assert.Contains(Unchanged, project.Dotnet(["publish", "-t:EdgeImage", "-tl:off", "-v:n", .. RuntimeBase.Options]).Succeeds().Output);
    }

    [TestMethod]
    public void An_edit_that_concerns_the_image_alone_compiles_nothing_to_native_code()
    {
        using AgentProject project = new();
        project.Commit();
        Assert.Contains("Generating native code", project.PublishImage().Succeeds().Output);
        string file = Path.Combine(project.Folder, "Agent.csproj");
        string before = File.ReadAllText(file);
        File.WriteAllText(file, before.Replace("</PropertyGroup>", "<ContainerDescription>Edited</ContainerDescription></PropertyGroup>", StringComparison.Ordinal)
            .Replace("</ItemGroup>", "<EdgeInclude Include=\"notes.txt\" /></ItemGroup>", StringComparison.Ordinal));
        project.Write("notes.txt", "notes");

        string edited = project.PublishImage().Succeeds().Output;
        Assert.DoesNotContain("Generating native code", edited);
        Assert.IsTrue(Directory.GetFiles(Path.Combine(project.Layout, "blobs/sha256")).Any(f => File.ReadAllText(f).Contains("Edited", StringComparison.Ordinal)));

        project.Write("Program.cs", "Console.WriteLine(\"edited\");");
        string changed = project.PublishImage().Succeeds().Output;
        Assert.Contains("Generating native code", changed);
        Assert.Contains("s the last time", changed);
        Assert.AreEqual("edited\n", Command.Run("/", project.PublishedBinary).Succeeds().Output);
    }

    private static void Made(AgentProject project, string reason, Action change)
    {
        change();
        string[] arguments = ["publish", "-t:EdgeImage", "-tl:off", "-v:n", .. RuntimeBase.Options];
        string output = project.Dotnet(arguments).Succeeds().Output;
        string line = output.Split('\n').FirstOrDefault(l => l.Contains("The image is made: ", StringComparison.Ordinal)) ?? throw new AssertFailedException($"'{reason}' was not noticed:\n{output}");
        Assert.Contains(reason, line);
    }

    private static string Reason(string output) =>
        output.Split('\n').FirstOrDefault(l => l.Contains("The image is made: ", StringComparison.Ordinal)) ?? "";

    private static string Warnings(string output) =>
        string.Join('\n', output.Split('\n').Where(l => l.Contains(" EDGE", StringComparison.Ordinal)).Select(l => l[l.IndexOf("EDGE", StringComparison.Ordinal)..]).Distinct().Order());

    private static AgentProject Create()
    {
        AgentProject project = new(
            properties: "<DefaultItemExcludes>$(DefaultItemExcludes);Words/**</DefaultItemExcludes><ContainerDescription>$(Greeting)</ContainerDescription>",
            items: "<ProjectReference Include=\"Words/Words.csproj\" /><EdgeInclude Include=\"model.bin\" />",
            code: "Console.WriteLine(Words.Greeting.Text);");
        project.Write("Words/Words.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        project.Write("Words/Greeting.cs", "namespace Words; public static class Greeting { public static string Text => \"ready\"; }");
        project.Write("model.bin", "model");
        return project;
    }
}
