using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>Each mistake ends in its own code, without a stack trace, and without harm to what was there before.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class BadInputTests
{
    /// <summary>One copy for all that ends before it changes anything.</summary>
    private static PublishedProject _project = null!;
    private static string _digest = "";

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        _project = Create();
        _project.EdgeImage().Succeeds();
        _digest = _project.Digest;
    }

    [ClassCleanup]
    public static void The_image_is_as_it_was()
    {
        string digest = _project.Digest;
        _project.Dispose();
        Assert.AreEqual(_digest, digest);
    }

    [TestMethod]
    public void A_registry_that_is_down() =>
        _project.EdgeImage("-p:ContainerRegistry=127.0.0.1:1").FailsWith("EDGE4001");

    [TestMethod]
    public void A_registry_that_hangs()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        _project.EdgeImage($"-p:ContainerRegistry={silent.LocalEndpoint}", "-p:EdgeRegistryTimeout=1").FailsWith("EDGE4002");
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void Wrong_credentials()
    {
        using DockerRegistry registry = DockerRegistry.Start(("edge", "right"));
        using PublishedProject project = Create();
        project.Environment["EDGESLIM_REGISTRY_USERNAME"] = "edge";
        project.Environment["EDGESLIM_REGISTRY_PASSWORD"] = "wrong";

        CommandResult result = project.EdgeImage($"-p:ContainerRegistry={registry.Address}").FailsWith("EDGE4003");

        Assert.Contains("EDGESLIM_REGISTRY_USERNAME", result.Output);
        Assert.IsFalse(registry.Requests.Any(r => r.IsManifestWrite));
    }

    [TestMethod]
    public void No_permission()
    {
        // The real registry has no permissions without a token service; what it would say is said by a stand-in.
        using HttpListener listener = Refuse(out string address);
        _project.EdgeImage($"-p:ContainerRegistry={address}").FailsWith("EDGE4004");
    }

    [TestMethod]
    [DataRow("https://ghcr.io")]
    [DataRow("ghcr.io/team")]
    public void A_registry_name_that_is_none(string registry) =>
        _project.EdgeImage($"-p:ContainerRegistry={registry}").FailsWith("EDGE4005");

    [TestMethod]
    public void A_disk_that_is_full_leaves_no_part_of_an_archive_and_the_old_one_whole()
    {
        using SmallDisk disk = SmallDisk.Mount("300k");
        string archive = Path.Combine(disk.Path, "image.tar");
        File.WriteAllText(archive, "the archive from before");

        _project.EdgeImage($"-p:ContainerArchiveOutputPath={archive}").FailsWith("EDGE4010");

        Assert.AreEqual("the archive from before", File.ReadAllText(archive));
        Assert.HasCount(1, Directory.GetFiles(disk.Path));
    }

    [TestMethod]
    public void Output_that_cannot_be_written()
    {
        using SmallDisk disk = SmallDisk.Mount("300k", readOnly: true);
        _project.EdgeImage($"-p:EdgeOutputPath={disk.Path}/edge/").FailsWith("EDGE3010");
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
    public void A_property_that_cannot_be(string property, string code) =>
        _project.EdgeImage(property).FailsWith(code);

    [TestMethod]
    public void A_SOURCE_DATE_EPOCH_that_is_no_time()
    {
        using PublishedProject project = Create();
        project.Environment["SOURCE_DATE_EPOCH"] = "yesterday";
        project.EdgeImage().FailsWith("EDGE3011");
    }

    [TestMethod]
    public void A_local_registry_that_is_no_engine() =>
        _project.EdgeImage("-p:EdgeLoad=true", "-p:LocalRegistry=sh").FailsWith("EDGE9004");

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void The_password_of_the_delivery_registry_is_not_shown_to_that_of_the_base_image()
    {
        using DockerRegistry registry = DockerRegistry.Start(("edge", "secret"));
        using PublishedProject project = Create();
        project.Environment["EDGESLIM_REGISTRY_USERNAME"] = "edge";
        project.Environment["EDGESLIM_REGISTRY_PASSWORD"] = "secret";

        // It would let the user in.
        CommandResult result = project.EdgeImage(
            $"-p:ContainerBaseImage={registry.Address}/base", "-p:ContainerRegistry=registry.example.com").FailsWith("EDGE4003");

        Assert.DoesNotContain("EDGESLIM_REGISTRY_USERNAME and", result.Output.Split("or set")[0]);
    }

    private static PublishedProject Create()
    {
        PublishedProject project = new(Apps.Hello);
        project.Commit();
        return project;
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
