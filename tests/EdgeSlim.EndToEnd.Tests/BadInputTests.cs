using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>Each mistake ends in its own code, without a stack trace, and without harm to what was there before.</summary>
[TestClass]
[DoNotParallelize]
public sealed class BadInputTests
{
    private static AgentProject Project => PublishedAgent.Project;

    [TestMethod]
    public void A_registry_that_is_down() =>
        Project.EdgeImage("-p:ContainerRegistry=127.0.0.1:1").FailsWith("EDGE4001");

    [TestMethod]
    public void A_registry_that_hangs()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        Project.EdgeImage($"-p:ContainerRegistry={silent.LocalEndpoint}", "-p:EdgeRegistryTimeout=1").FailsWith("EDGE4002");
    }

    [TestMethod]
    public void Wrong_credentials()
    {
        using DockerRegistry registry = DockerRegistry.Start(("edge", "right"));
        using AgentProjectEnvironment credentials = new(Project, ("EDGESLIM_REGISTRY_USERNAME", "edge"), ("EDGESLIM_REGISTRY_PASSWORD", "wrong"));

        CommandResult result = Project.EdgeImage($"-p:ContainerRegistry={registry.Address}").FailsWith("EDGE4003");

        Assert.Contains("EDGESLIM_REGISTRY_USERNAME", result.Output);
        Assert.IsFalse(registry.Requests.Any(r => r.IsManifestWrite));
    }

    [TestMethod]
    public void No_permission()
    {
        // The real registry has no permissions without a token service; what it would say is said by a stand-in.
        using HttpListener listener = Refuse(out string address);
        Project.EdgeImage($"-p:ContainerRegistry={address}").FailsWith("EDGE4004");
    }

    [TestMethod]
    [DataRow("https://ghcr.io")]
    [DataRow("ghcr.io/team")]
    public void A_registry_name_that_is_none(string registry) =>
        Project.EdgeImage($"-p:ContainerRegistry={registry}").FailsWith("EDGE4005");

    [TestMethod]
    public void A_disk_that_is_full_leaves_no_part_of_an_archive_and_the_old_one_whole()
    {
        using SmallDisk disk = SmallDisk.Mount("300k");
        string archive = Path.Combine(disk.Path, "image.tar");
        File.WriteAllText(archive, "the archive from before");

        Project.EdgeImage($"-p:ContainerArchiveOutputPath={archive}").FailsWith("EDGE4010");

        Assert.AreEqual("the archive from before", File.ReadAllText(archive));
        Assert.HasCount(1, Directory.GetFiles(disk.Path));
    }

    [TestMethod]
    public void Output_that_cannot_be_written()
    {
        using SmallDisk disk = SmallDisk.Mount("300k", readOnly: true);
        Project.EdgeImage($"-p:EdgeOutputPath={disk.Path}/edge/").FailsWith("EDGE3010");
    }

    [TestMethod]
    [DataRow("-p:ContainerImageTag=not a tag", "EDGE3002")]
    [DataRow("-p:EdgeTags={comit}", "EDGE3003")]
    [DataRow("-p:ContainerRepository=my app!!", "EDGE3001")]
    [DataRow("-p:ContainerUser=somebody", "EDGE3006")]
    [DataRow("-p:ContainerWorkingDirectory=app", "EDGE3013")]
    [DataRow("-p:ContainerAppCommandInstruction=Sometimes", "EDGE9004")]
    [DataRow("-p:EdgeArchiveFormat=zip", "EDGE9004")]
    [DataRow("-p:EdgeCompressionLevel=most", "EDGE9004")]
    [DataRow("-p:EdgeLoad=maybe", "EDGE9004")]
    [DataRow("-p:EdgeStripNative=maybe", "EDGE9004")]
    [DataRow("-p:EdgeRegistryTimeout=soon", "EDGE9004")]
    [DataRow("-p:EdgeOptimize=Most", "EDGE9004")]
    [DataRow("-p:EdgeMode=jit", "EDGE9004")]
    [DataRow("-p:ContainerBaseImage=Not An Image", "EDGE2003")]
    [DataRow("-p:ContainerBaseImage=127.0.0.1:1/base", "EDGE4001")]
    [DataRow("-p:EdgeSlimEnabled=false", "EDGE9005")]
    public void A_property_that_cannot_be(string property, string code) =>
        Project.EdgeImage(property).FailsWith(code);

    [TestMethod]
    public void A_SOURCE_DATE_EPOCH_that_is_no_time()
    {
        using AgentProjectEnvironment epoch = new(Project, ("SOURCE_DATE_EPOCH", "yesterday"));
        Project.EdgeImage().FailsWith("EDGE3011");
    }

    [TestMethod]
    public void A_local_registry_that_is_no_engine() =>
        Project.EdgeImage("-p:EdgeLoad=true", "-p:LocalRegistry=sh").FailsWith("EDGE9004");

    [TestMethod]
    public void The_password_of_the_delivery_registry_is_not_shown_to_that_of_the_base_image()
    {
        using DockerRegistry registry = DockerRegistry.Start(("edge", "secret"));
        using AgentProjectEnvironment credentials = new(Project, ("EDGESLIM_REGISTRY_USERNAME", "edge"), ("EDGESLIM_REGISTRY_PASSWORD", "secret"));

        // It would let the user in.
        CommandResult result = Project.EdgeImage(
            $"-p:ContainerBaseImage={registry.Address}/base", "-p:ContainerRegistry=registry.example.com").FailsWith("EDGE4003");

        Assert.DoesNotContain("EDGESLIM_REGISTRY_USERNAME and", result.Output.Split("or set")[0]);
    }

    [TestMethod]
    public void EdgeImage_through_dotnet_build() =>
        Project.Dotnet("build", "-t:EdgeImage", "-tl:off").FailsWith("EDGE9001");

    [TestMethod]
    public void A_library()
    {
        using AgentProject project = new(outputType: "Library", code: "public static class Nothing;");
        project.EdgeImage().FailsWith("EDGE9002");
    }

    [TestMethod]
    public void Several_target_frameworks()
    {
        using AgentProject project = new(framework: "<TargetFrameworks>net10.0;net9.0</TargetFrameworks>");
        CommandResult result = project.EdgeImage().FailsWith("EDGE9003");
        Assert.Contains("-f net10.0", result.Output);
    }

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

    private static HttpListener Refuse(out string address)
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        address = probe.LocalEndpoint.ToString()!;
        probe.Stop();

        HttpListener listener = new();
        listener.Prefixes.Add($"http://{address}/");
        listener.Start();
        _ = Task.Run(async () =>
        {
            while (listener.IsListening)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                context.Response.StatusCode = context.Request.HttpMethod == "HEAD" ? 404 : 403;
                context.Response.Close(
                    context.Request.HttpMethod == "HEAD"
                        ? []
                        : Encoding.UTF8.GetBytes("""{"errors":[{"code":"DENIED","message":"requested access is denied"}]}"""),
                    willBlock: false);
            }
        });
        return listener;
    }
}
