using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>Life with the SDK in a shell: what one reads of it, and how it ends.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ShellTests
{
    [TestMethod]
    [Rotating(0)]
    public void The_log_reads_well_wherever_it_goes()
    {
        using AgentProject project = new AgentProject("Logged").WithoutServers();
        string tag = project.Commit()[..12];
        string[] publish = ["publish", "-t:EdgeImage", .. RuntimeBase.Options];

        // The terminal logger shows no messages, but the project's output, and links to it.
        string terminal = project.Dotnet([.. publish, "-tl:on"]).Succeeds().Output;
        Assert.Contains("/edge/", terminal);

        string log = Path.Combine(project.Folder, "obj/log.binlog");
        Assert.AreEqual("", project.Dotnet([.. publish, "-tl:off", "-v:quiet", $"-bl:{log}"]).Succeeds().Output.Trim());
        string replayed = project.Dotnet("msbuild", log, "-tl:off", "-nologo", "-v:minimal").Succeeds().Output;
        Assert.Contains($"logged:{tag}", replayed);
        Assert.Contains("base       oci:", replayed);

        // What started in the project's folder has ended.
        Assert.AreEqual("", string.Join('\n', Processes(project.Folder)));
    }

    [TestMethod]
    public void Watching_follows_a_change_and_leaves_no_process()
    {
        if (!Campaign.IsWhole)
        {
            Assert.Inconclusive("With ./test --all.");
        }

        using AgentProject project =
            new AgentProject("Watched", code: "Console.WriteLine(\"first\"); Thread.Sleep(Timeout.Infinite);").WithoutServers();
        using Process watch = Command.Start(
            project.Folder,
            new Dictionary<string, string?>(project.Environment) { ["DOTNET_WATCH_RESTART_ON_RUDE_EDIT"] = "1" },
            "setsid",
            ["env", "--default-signal=INT", "dotnet", "watch", "--non-interactive", "--no-hot-reload", "run"],
            out StringBuilder output);
        Waits(watch, output, "first", () => { });

        // It does not look yet when the application begins: who saves again is seen.
        Waits(watch, output, "second", () => project.Write("Program.cs", "Console.WriteLine(\"second\"); Thread.Sleep(Timeout.Infinite);"));

        // As a terminal does it: to all that it started.
        Command.Run("/", "kill", "-INT", "--", string.Create(CultureInfo.InvariantCulture, $"-{watch.Id}")).Succeeds();
        Assert.IsTrue(watch.WaitForExit(TimeSpan.FromMinutes(1)), output.ToString());
        Assert.AreEqual("", string.Join('\n', Processes(project.Folder)));
    }

    private static void Waits(Process process, StringBuilder output, string line, Action nudge)
    {
        for (int tenths = 0; tenths < 1200; tenths++)
        {
            lock (output)
            {
                if (output.ToString().Split('\n').Any(l => l.TrimEnd('\r') == line))
                {
                    return;
                }
            }

            Assert.IsFalse(process.HasExited, output.ToString());
            if (tenths % 50 == 0)
            {
                nudge();
            }

            Thread.Sleep(100);
        }

        process.Kill(entireProcessTree: true);
        Assert.Fail($"'{line}' was not seen:\n{output}");
    }

    private static IEnumerable<string> Processes(string folder)
    {
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(p => Path.GetFileName(p).All(char.IsAsciiDigit)))
        {
            string? started;
            string command;
            try
            {
                started = new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
                command = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            if (started?.StartsWith(folder, StringComparison.Ordinal) == true || command.Contains(folder, StringComparison.Ordinal))
            {
                yield return command;
            }
        }
    }
}
