using System.Security.Cryptography;

namespace EdgeSlim.Tests;

/// <summary>
/// Every command that makes no image leaves what it leaves without the SDK line: the same files, byte for byte, and the same output.
/// The line stands in the project, or in Directory.Build.props.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class GuestTests
{
    private static readonly string[][] Commands =
    [
        ["restore"], ["build"], ["run", "--no-build", "--no-launch-profile"], ["test", "--no-build"], ["pack"], ["publish"],
        ["publish", "-r", "win-x64", "--self-contained"],
    ];

    [TestMethod]
    public void A_console_application() => IsLeftAlone(
        "console", [["build"], ["publish"]]);

    [TestMethod]
    [Rotating(0)]
    public void A_web_application() => IsLeftAlone("web", Commands.Where(c => c[0] != "run"));

    [TestMethod]
    [Rotating(1)]
    public void Controllers() => IsLeftAlone("webapi", Commands.Where(c => c[0] != "run"), ["--use-controllers"]);

    [TestMethod]
    [Rotating(2)]
    public void A_worker() => IsLeftAlone("worker", Commands.Where(c => c[0] != "run"));

    [TestMethod]
    [Rotating(3)]
    public void A_console_application_with_all_commands() => IsLeftAlone("console", Commands);

    [TestMethod]
    [Rotating(4)]
    public void FSharp() => IsLeftAlone("console", Commands, ["-lang", "F#"]);

    [TestMethod]
    [Rotating(5)]
    public void Visual_Basic() => IsLeftAlone("console", Commands, ["-lang", "VB"]);

    [TestMethod]
    [Rotating(6)]
    public void A_library() => IsLeftAlone("classlib", Commands.Where(c => c[0] != "run"));

    [TestMethod]
    [Rotating(7)]
    public void A_test_project() => IsLeftAlone("mstest", Commands);

    [TestMethod]
    [Rotating(8)]
    public void A_tool() => IsLeftAlone("console", Commands, more: "<PackAsTool>true</PackAsTool>");

    [TestMethod]
    [Rotating(9)]
    public void A_file()
    {
        using TemporaryFolder folder = new();
        using AgentProject settings = new();
        folder.Write("nuget.config", File.ReadAllText(Path.Combine(settings.Folder, "nuget.config")));
        settings.Environment["XDG_DATA_HOME"] = folder["data"];
        string[][] commands = [["build", "app.cs"], ["run", "app.cs"], ["publish", "app.cs", "-p:PublishAot=false"], ["pack", "app.cs"]];
        string Left(string line)
        {
            folder.Write("app.cs", $"{line}\nSystem.Console.WriteLine(\"ready\");\n");
            return string.Join('\n', commands.Select(c => After(settings, folder.Path, c)));
        }

        Assert.AreEqual(Left("#:property LangVersion=latest"), Left($"#:sdk Microsoft.NET.Sdk\n#:sdk EdgeSlim.Sdk@{PackedSdk.Version}"));
    }

    private static void IsLeftAlone(string template, IEnumerable<string[]> commands, string[]? options = null, string more = "")
    {
        using TemporaryFolder parent = new();
        using AgentProject settings = new();
        string folder = parent["Guest"];
        Command.Run(parent.Path, settings.Environment, "dotnet", ["new", template, "-o", folder, "--no-restore", .. options ?? []]).Succeeds();
        File.Copy(Path.Combine(settings.Folder, "nuget.config"), Path.Combine(folder, "nuget.config"));
        string file = Directory.GetFiles(folder, "*.*proj").Single();
        string without = File.ReadAllText(file).Replace("</PropertyGroup>", more + "</PropertyGroup>", StringComparison.Ordinal);
        string line = $"""<Sdk Name="EdgeSlim.Sdk" Version="{PackedSdk.Version}" />""";
        string props = Path.Combine(folder, "Directory.Build.props");

        string Left(string project, string ofAll)
        {
            File.WriteAllText(file, project);
            File.WriteAllText(props, $"<Project>{ofAll}</Project>");
            foreach (string left in (string[])["bin", "obj"])
            {
                if (Directory.Exists(Path.Combine(folder, left)))
                {
                    Directory.Delete(Path.Combine(folder, left), recursive: true);
                }
            }

            return string.Join('\n', commands.Select(c => After(settings, folder, c)));
        }

        string expected = Left(without, "");
        Assert.Contains("/obj/", expected);
        Assert.AreEqual(expected, Left(without.Insert(without.IndexOf('>', StringComparison.Ordinal) + 1, line), ""));
        Assert.AreEqual(expected, Left(without, line));
    }

    // What a command prints, but for times, and the files that there are then.
    private static string After(AgentProject settings, string folder, string[] command)
    {
        CommandResult result = Command.Run(folder, settings.Environment, "dotnet", [.. command, .. command[0] == "run" ? Array.Empty<string>() : ["-tl:off"]]);
        IEnumerable<string> said = result.Output.Split('\n')
            .Where(l => l.Contains("warning", StringComparison.Ordinal) || l.Contains("error", StringComparison.Ordinal) || l.Contains("->", StringComparison.Ordinal));
        IEnumerable<string> left = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => f.Contains("/bin/", StringComparison.Ordinal) || f.Contains("/obj/", StringComparison.Ordinal) || f.Contains("/data/", StringComparison.Ordinal))
            .Where(f => !IsOfTheRun(f))
            .Order(StringComparer.Ordinal)
            .Select(f => $"{f} {Convert.ToHexString(SHA256.HashData(Content(f)))[..16]}");
        return string.Join('\n', [$"dotnet {string.Join(' ', command)}: {result.ExitCode}", .. said, .. left]);
    }

    // The log of one test run, what the .NET SDK keeps about a file, which is the file's own text and times, and its list of static
    // web assets, which differs between two builds without the line as well.
    private static bool IsOfTheRun(string file) =>
        file.Contains("/TestResults/", StringComparison.Ordinal) || file.EndsWith(".dswa.cache.json", StringComparison.Ordinal) || file.EndsWith(".cache", StringComparison.Ordinal) && file.Contains("/data/", StringComparison.Ordinal)
        || file.EndsWith("build-start.cache", StringComparison.Ordinal) || file.EndsWith("build-success.cache", StringComparison.Ordinal);

    // A package is an archive whose entries have times.
    private static byte[] Content(string file)
    {
        if (!file.EndsWith(".nupkg", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(file);
        }

        using System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.OpenRead(file);
        return [.. archive.Entries.Where(e => !e.FullName.EndsWith(".psmdcp", StringComparison.Ordinal) && e.FullName != "_rels/.rels")
            .OrderBy(e => e.FullName, StringComparer.Ordinal)
            .SelectMany(e =>
            {
                using Stream content = e.Open();
                return SHA256.HashData(content);
            })];
    }
}
