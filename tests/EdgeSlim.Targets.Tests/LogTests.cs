using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeSlim.Tests;

/// <summary>What is wrong is said in the form that editors and pipelines look for.</summary>
[TestClass]
public sealed partial class LogTests
{
    [TestMethod]
    public void An_error_of_the_project_and_one_with_a_place_are_seen_by_problem_matchers()
    {
        using EvaluatedProject project = new("<OutputType>Library</OutputType>", body: "<ItemGroup><EdgeConfigFile Include=\"broken.json\" /></ItemGroup>");
        project.Write("broken.json", "{\n  \"a\" 1\n}");
        string ofProject = Line(project.Build("EdgeImage", EvaluatedProject.OfTheUser).FailsWith("EDGE9002"));
        string ofPlace = Line(project.Build("_EdgeSlimConfiguration", EvaluatedProject.Publishing).FailsWith("EDGE7045"));

        foreach (Regex matcher in (Regex[])[OfTheDocuments(), OfVisualStudioCode()])
        {
            Assert.AreEqual("EDGE9002", matcher.Match(ofProject).Groups["code"].Value, ofProject);
            Assert.AreEqual("EDGE7045", matcher.Match(ofPlace).Groups["code"].Value, ofPlace);
            Assert.EndsWith("broken.json", matcher.Match(ofPlace).Groups["file"].Value);
        }

        Assert.AreEqual("2", OfTheDocuments().Match(ofPlace).Groups["line"].Value);
        Assert.EndsWith("App.csproj", OfTheDocuments().Match(ofProject).Groups["project"].Value);
    }

    private static string Line(CommandResult result) =>
        result.Output.Split('\n').Select(l => l.TrimEnd('\r')).First(l => l.Contains(": error EDGE", StringComparison.Ordinal));

    // The numbers of its groups are those that the document names.
    private static Regex OfTheDocuments()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "docs/problem-matcher.json")));
        JsonElement pattern = document.RootElement.GetProperty("problemMatcher")[0].GetProperty("pattern")[0];
        int group = 0;
        string[] names = ["file", "line", "column", "severity", "code", "message", "project"];
        Assert.AreEqual("1 2 3 4 5 6 7", string.Join(' ', new[] { "file", "line", "column", "severity", "code", "message", "fromPath" }.Select(n => pattern.GetProperty(n).GetInt32())));
        return new Regex(Group().Replace(pattern.GetProperty("regexp").GetString()!, _ => $"(?<{names[group++]}>"));
    }

    [GeneratedRegex(@"(?<!\\)\((?!\?)")]
    private static partial Regex Group();

    // $msCompile, in the words of Visual Studio Code.
    [GeneratedRegex(@"^(?:\s*\d+>)?(?<file>\S.*?)(?:\((?<line>\d+|\d+,\d+|\d+,\d+,\d+,\d+)\))?\s*:\s+(?:(\S+)\s+)?((?:fatal +)?error|warning|info)\s+(?<code>\w+\d+)?\s*:\s*(?<message>.*)$")]
    private static partial Regex OfVisualStudioCode();
}
