using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EdgeSlim.Tests;

/// <summary>
/// A file is an application: what a project can, it can as well. Its image has a process of its own, which must not show. SolutionTests
/// has its digest in two clones.
/// </summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed partial class FileAppTests
{
    [TestMethod]
    public void Its_image_is_made_once_with_what_the_command_line_says()
    {
        using FileApp app = new("#warning careful");
        string[] options = [.. RuntimeBase.Options, "-p:ContainerDescription=a%3Bb=c; d,e%2525", "-clp:NoSummary"];

        string first = app.Publish(["-t:EdgeImage", .. options]).Succeeds().Output;
        string second = app.Publish(["-t:EdgeImage", "-v:n", .. options]).Succeeds().Output;

        // In the user's build, and in the image's.
        Assert.AreEqual(2, Count(first, "): warning CS1030: #warning: 'careful'"));
        Assert.Contains("is taken as it is", second);
        Assert.AreEqual(Line(first, "digest"), Line(second, "digest"));
        string blobs = Path.Combine(Line(first, "layout"), "blobs/sha256");
        Assert.IsTrue(Directory.GetFiles(blobs).Any(f => File.ReadAllText(f).Contains("\"a;b=c; d,e%25\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_mistake_of_the_user_is_one_error_with_its_code()
    {
        using FileApp app = new();
        string output = app.Publish("-t:EdgeImage", "-p:PublishAot=false", "-p:EdgeMode=smallest", "-clp:NoSummary").FailsWith("EDGE9004").Output;
        Assert.AreEqual(1, Count(output, "error EDGE9004: "));
        Assert.AreEqual(1, Count(output, "error "));
    }

    [TestMethod]
    [Rotating(12)]
    public void It_is_built_again_in_a_clean_copy_and_bundled()
    {
        using FileApp app = new();
        Assert.Contains("Reproduced: both builds gave sha256:", app.Publish(["-t:EdgeReproduce", .. RuntimeBase.Options]).Succeeds().Output);
        app.Publish(["-t:EdgeBundle", .. RuntimeBase.Options, $"-p:EdgeBundleFile={Path.Combine(app.Folder, "agent.tar.gz")}"]).Succeeds();
        Assert.IsTrue(File.Exists(Path.Combine(app.Folder, "agent.tar.gz")));
    }

    [TestMethod]
    [Rotating(0)]
    public void It_has_an_index_of_images_for_several_platforms()
    {
        using FileApp app = new("#:property ContainerRuntimeIdentifiers=linux-x64;linux-arm64");
        string output = app.Publish("-t:EdgeImage").Succeeds().Output;
        Assert.AreEqual(2, Count(output, "Generating native code"));
        Assert.Contains("(linux/amd64, linux/arm64)", output);
        Assert.Contains(Line(output, "digest"), File.ReadAllText(Path.Combine(Line(output, "layout"), "index.json")));
    }

    // The signal goes to the process that the user started alone, as that of a pipeline does.
    [TestMethod]
    public void Ctrl_C_leaves_no_process_behind()
    {
        using FileApp app = new();
        string room = Path.Combine(app.Folder, "room");
        app.Write(
            "Directory.Build.targets",
            $"""
            <Project>
              <Target Name="Wait" BeforeTargets="CoreCompile" Condition="'$(_EdgeSlimBuild)' != ''">
                <Exec Command="touch {room}; exec tail -f {room}" />
              </Target>
            </Project>
            """);
        using Process run = app.Start(out StringBuilder output, ["-t:EdgeImage", .. RuntimeBase.Options]);
        Assert.IsTrue(Wait.Until(() => run.HasExited || (File.Exists(room) && With(room).Length > 0)), output.ToString());
        Assert.IsFalse(run.HasExited, output.ToString());

        Command.Run("/", "kill", "-INT", run.Id.ToString(CultureInfo.InvariantCulture)).Succeeds();

        Assert.IsTrue(run.WaitForExit(TimeSpan.FromMinutes(1)), "It did not end.");
        Assert.IsTrue(Wait.Until(() => With(app.Folder).Length == 0), string.Join('\n', With(app.Folder)));
        Assert.DoesNotContain("error", output.ToString());
    }

    private static string[] With(string argument) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(p => Path.GetFileName(p).All(char.IsAsciiDigit)).Select(Arguments)
            .Where(a => a.Contains(argument, StringComparison.Ordinal)),
    ];

    private static string Arguments(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static int Count(string output, string part) => output.Split(part).Length - 1;

    private static string Line(string output, string name) =>
        SummaryLine().Matches(output).Single(m => m.Groups["name"].Value == name).Groups["value"].Value;

    [GeneratedRegex(@"^ +(?<name>digest|layout) +(?<value>\S+)\s*$", RegexOptions.Multiline)]
    private static partial Regex SummaryLine();
}
