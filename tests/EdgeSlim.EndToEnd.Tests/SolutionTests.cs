using System.Text.RegularExpressions;

namespace EdgeSlim.Tests;

/// <summary>
/// Applications that are more, or less, than one project in a folder of its own. What depends on a folder's name shows in the
/// assembly already; native code takes its turn.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed partial class SolutionTests
{
    // What a compiler or MSBuild could take for something of its own. With an apostrophe, a dollar sign or a comma above an absolute obj
    // the targets of the AOT compiler fail by themselves.
    private const string OddFolder = "a longer & (odd) \u00fc/two";

    [TestMethod]
    [Rotating(2)]
    public void An_application_with_a_library_beside_it_and_a_shared_output_folder_has_one_digest_wherever_it_lies() =>
        HasOneDigest(RuntimeBase.Options);

    [TestMethod]
    [Rotating(13)]
    public void A_native_application_with_a_library_beside_it_and_a_shared_output_folder_has_one_digest_wherever_it_lies() =>
        HasOneDigest([]);

    [TestMethod]
    [Rotating(5)]
    public void A_file_is_an_application_and_has_one_digest_wherever_it_lies() => FileHasOneDigest(RuntimeBase.Options);

    [TestMethod]
    [Rotating(14)]
    public void A_file_is_a_native_application_and_has_one_digest_wherever_it_lies() => FileHasOneDigest([]);

    private static void HasOneDigest(string[] options)
    {
        using AgentProject solution = new(code: "Console.WriteLine(Words.Greeting.Of(args));");
        string project = File.ReadAllText(Path.Combine(solution.Folder, "Agent.csproj"));
        solution.Write("Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");
        solution.Write("src/Agent/Agent.csproj", project.Replace("</ItemGroup>", "<ProjectReference Include=\"../Words/Words.csproj\" /></ItemGroup>", StringComparison.Ordinal));
        File.Delete(Path.Combine(solution.Folder, "Agent.csproj"));
        File.Move(Path.Combine(solution.Folder, "Program.cs"), Path.Combine(solution.Folder, "src/Agent/Program.cs"));
        solution.Write("src/Words/Words.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        solution.Write(
            "src/Words/Greeting.cs",
            """
            namespace Words;

            public static class Greeting
            {
                public static string Of(string[] names) => names.Length > 1 ? throw new System.ArgumentException(names[0]) : "ready";
            }
            """);
        string commit = solution.Commit();

        using TemporaryFolder clones = new();
        foreach (string clone in new[] { clones["one"], clones[OddFolder] })
        {
            Command.Run("/", solution.Environment, "git", "clone", "-q", solution.Folder, clone).Succeeds();
            string output = solution.DotnetIn(Path.Combine(clone, "src/Agent"), ["publish", "-t:EdgeImage", "-tl:off", .. options]).Succeeds().Output;
            Assert.Contains($"agent:{commit[..12]} (linux/amd64)", output);
            string published = Directory.GetDirectories(Path.Combine(clone, "artifacts/publish/Agent")).Single();
            Assert.AreEqual("ready\n", Command.Run("/", Path.Combine(published, "Agent")).Succeeds().Output);
            Assert.IsTrue(options.Length > 0 || File.Exists(Path.Combine(clone, "artifacts/bin/Agent/edge/release/native/Agent")));
        }

        Assert.AreEqual(Index(clones["one"]), Index(clones[OddFolder]));
        static string Index(string clone) => File.ReadAllText(
            Directory.GetFiles(Path.Combine(clone, "artifacts/bin/Agent"), "index.json", SearchOption.AllDirectories).Single());
    }

    private static void FileHasOneDigest(string[] options)
    {
        using FileApp app = new();
        using TemporaryFolder clones = new();
        List<string> digests = [];
        foreach (string clone in new[] { clones["one"], clones[OddFolder] })
        {
            app.Clone(clone);
            string output = app.PublishIn(clone, ["-t:EdgeImage", .. options]).Succeeds().Output;
            Assert.Contains($"agent:{app.Commit[..12]} (linux/amd64)", output);
            digests.Add(DigestLine().Match(output).Groups["digest"].Value);
            string layout = LayoutLine().Match(output).Groups["folder"].Value;
            Assert.Contains(digests[^1], File.ReadAllText(Path.Combine(layout, "index.json")));
        }

        Assert.AreEqual(digests[0], digests[1]);
    }

    [GeneratedRegex(@"digest +(?<digest>sha256:[0-9a-f]{64})")]
    private static partial Regex DigestLine();

    [GeneratedRegex(@"layout +(?<folder>/.*)")]
    private static partial Regex LayoutLine();
}
