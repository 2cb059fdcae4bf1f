using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>Mistakes that only the command line, the restore and the toolchain show.</summary>
[TestClass]
[DoNotParallelize]
public sealed class BadInputTests
{
    private static AgentProject Project => PublishedAgent.Project;

    [TestMethod]
    public void EdgeImage_through_dotnet_build() =>
        Project.Dotnet("build", "-t:EdgeImage", "-tl:off").FailsWith("EDGE9001");

    [TestMethod]
    public void No_compiler_driver_is_said_before_anything_is_compiled()
    {
        using AgentProject project = new();
        using ToolFolder tools = ToolFolder.With("git");
        project.Environment["PATH"] = tools.Path;

        CommandResult result = project.EdgeImage().FailsWith("EDGE1001");

        Assert.Contains("clang", result.Output);
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "obj/Release/net10.0/linux-x64/Agent.dll")));
    }

    [TestMethod]
    public void A_restore_without_AOT_never_ships_IL()
    {
        using AgentProject project = new();
        project.Dotnet("restore", "-p:PublishAot=false", "-p:EdgeMode=selfcontained").Succeeds();
        project.EdgeImage("--no-restore").FailsWith("EDGE1004");
    }

    [TestMethod]
    public void Cancelling_a_push_ends_the_run_and_leaves_the_image_whole()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        string index = File.ReadAllText(Path.Combine(Project.Layout, "index.json"));
        using Process run = Project.StartEdgeImage(out StringBuilder output, $"-p:ContainerRegistry={silent.LocalEndpoint}");
        using (TcpClient client = silent.AcceptTcpClient())
        {
            Command.Run("/", "kill", "-INT", run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).Succeeds();

            // The default timeout of the registry is longer than this: only the cancellation can have ended the run.
            Assert.IsTrue(run.WaitForExit(TimeSpan.FromSeconds(60)), "It did not end.");
        }

        run.WaitForExit();
        Assert.AreNotEqual(0, run.ExitCode);
        Assert.DoesNotContain("   at ", output.ToString());
        Assert.AreEqual(index, File.ReadAllText(Path.Combine(Project.Layout, "index.json")));
    }
}
