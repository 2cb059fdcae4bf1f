using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>Registry, archives and engines, all of them real.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class DeliveryTests
{
    private static DockerRegistry _registry = null!;

    [ClassInitialize]
    public static void Start(TestContext context) => _registry = DockerRegistry.Start();

    [ClassCleanup]
    public static void Stop() => _registry.Dispose();

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void A_push_can_be_pulled_by_other_tools_and_is_the_image_of_the_layout()
    {
        Command.Require("skopeo", "skopeo");
        using PublishedProject project = Create();
        CommandResult result = project.EdgeImage(
            $"-p:ContainerRegistry={_registry.Address}", "-p:ContainerRepository=pulled", "-p:ContainerImageTags=\"1.0;stable\"").Succeeds();
        string name = $"{_registry.Address}/pulled:{project.Tag}";
        using TemporaryFolder pulled = new();
        Command.Run("/", "skopeo", "copy", "--src-tls-verify=false", $"docker://{name}", $"oci:{pulled.Path}/oci:x").Succeeds();

        Assert.Contains(name, result.Output);
        Assert.AreEqual(project.Digest, ImageOutput.DigestOf(pulled["oci"]));
        foreach (string tag in (string[])["1.0", "stable"])
        {
            string digest = Command.Run(
                "/", "skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}",
                $"docker://{_registry.Address}/pulled:{tag}").Succeeds().Output.Trim();
            Assert.AreEqual(project.Digest, digest);
        }
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void Nothing_is_composed_or_uploaded_when_nothing_changed()
    {
        using PublishedProject project = Create();
        string[] arguments = [$"-p:ContainerRegistry={_registry.Address}", "-p:ContainerRepository=unchanged"];
        project.EdgeImage(arguments).Succeeds();
        DateTime composed = File.GetLastWriteTimeUtc(Path.Combine(project.Layout, "index.json"));
        int before = Requests().Length;

        project.EdgeImage(arguments).Succeeds();

        Assert.AreEqual(composed, File.GetLastWriteTimeUtc(Path.Combine(project.Layout, "index.json")));
        RegistryRequest[] requests = Requests()[before..];
        Assert.HasCount(1, requests);
        Assert.AreEqual("HEAD", requests[0].Method);

        static RegistryRequest[] Requests() =>
            [.. _registry.Requests.Where(r => r.Path.Contains("/unchanged/", StringComparison.Ordinal))];
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void The_user_and_password_of_the_environment_open_a_registry()
    {
        using DockerRegistry registry = DockerRegistry.Start(("edge", "pa ss:word"));
        using PublishedProject project = Create();
        project.Environment["EDGESLIM_REGISTRY_USERNAME"] = "edge";
        project.Environment["EDGESLIM_REGISTRY_PASSWORD"] = "pa ss:word";

        CommandResult result = project.Publish(
            "Publish;_EdgeSlimMakeImage", LoggerVerbosity.Diagnostic, $"-p:ContainerRegistry={registry.Address}").Succeeds();

        Assert.DoesNotContain("pa ss:word", result.Output.Replace("EDGESLIM_REGISTRY_PASSWORD = pa ss:word", "", StringComparison.Ordinal));
        Assert.IsTrue(registry.Requests.Any(r => r.IsManifestWrite && r.Status == 201));
    }

    [TestMethod]
    public void An_OCI_archive_is_read_by_other_tools()
    {
        Command.Require("skopeo", "skopeo");
        using PublishedProject project = Create();
        using TemporaryFolder folder = new();
        project.EdgeImage($"-p:ContainerArchiveOutputPath={folder["image.tar"]}").Succeeds();

        string digest = Command.Run(
            "/", "skopeo", "inspect", "--format", "{{.Digest}}", $"oci-archive:{folder["image.tar"]}").Succeeds().Output.Trim();

        Assert.AreEqual(project.Digest, digest);
        CollectionAssert.AreEqual(new[] { "image.tar" }, Directory.GetFiles(folder.Path).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public void A_compressed_docker_archive_really_is_compressed_and_loads()
    {
        Command.Require("podman", "podman");
        using PublishedProject project = Create();
        using TemporaryFolder folder = new();
        project.EdgeImage(
            $"-p:ContainerRepository={project.ImageName}", $"-p:ContainerArchiveOutputPath={folder["image.tar.gz"]}", "-p:EdgeArchiveFormat=docker").Succeeds();

        string archive = folder["image.tar"];
        using (FileStream packed = File.OpenRead(folder["image.tar.gz"]))
        using (GZipStream gzip = new(packed, CompressionMode.Decompress))
        using (FileStream unpacked = File.Create(archive))
        {
            gzip.CopyTo(unpacked);
        }

        string image = $"localhost/{project.ImageName}:{project.Tag}";
        Command.Run("/", "podman", "load", "-i", archive).Succeeds();
        try
        {
            Assert.Contains("Hello from nonroot", Podman.Run(image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    [TestMethod]
    public void An_archive_path_that_is_a_folder_gets_a_file_in_it()
    {
        using PublishedProject project = Create();
        using TemporaryFolder folder = new();
        project.EdgeImage($"-p:ContainerArchiveOutputPath={folder.Path}/new/").Succeeds();

        using FileStream packed = File.OpenRead(folder["new/helloagent.tar.gz"]);
        using GZipStream gzip = new(packed, CompressionMode.Decompress);
        using TarReader tar = new(gzip);
        Assert.AreEqual("oci-layout", tar.GetNextEntry()!.Name);
    }

    private static PublishedProject Create()
    {
        PublishedProject project = new(Apps.Hello);
        project.Commit();
        return project;
    }
}
