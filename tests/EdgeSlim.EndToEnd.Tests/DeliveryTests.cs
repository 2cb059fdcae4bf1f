using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>Registry, archives and engines, all of them real.</summary>
[TestClass]
[DoNotParallelize]
public sealed class DeliveryTests
{
    private static AgentProject Project => PublishedAgent.Project;

    [TestMethod]
    public void A_push_can_be_pulled_by_other_tools_and_is_the_image_of_the_layout()
    {
        Command.Require("skopeo", "skopeo");
        using DockerRegistry registry = DockerRegistry.Start();
        CommandResult result = Project.EdgeImage(
            $"-p:ContainerRegistry={registry.Address}", "-p:ContainerImageTags=\"1.0;stable\"").Succeeds();
        string name = $"{registry.Address}/helloagent:{PublishedAgent.Tag}";
        using TemporaryFolder pulled = new();
        Command.Run("/", "skopeo", "copy", "--src-tls-verify=false", $"docker://{name}", $"oci:{pulled.Path}/oci:x").Succeeds();

        Assert.Contains(name, result.Output);
        Assert.AreEqual(Digest(Project.Layout), Digest(pulled["oci"]));
        foreach (string tag in (string[])["1.0", "stable"])
        {
            string digest = Command.Run(
                "/", "skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}",
                $"docker://{registry.Address}/helloagent:{tag}").Succeeds().Output.Trim();
            Assert.AreEqual(Digest(Project.Layout), digest);
        }
    }

    [TestMethod]
    public void Nothing_is_compiled_or_uploaded_when_nothing_changed()
    {
        using DockerRegistry registry = DockerRegistry.Start();
        string[] arguments = [$"-p:ContainerRegistry={registry.Address}", "-v:n"];
        Project.EdgeImage(arguments).Succeeds();
        DateTime linked = File.GetLastWriteTimeUtc(Project.Binary);
        DateTime composed = File.GetLastWriteTimeUtc(Path.Combine(Project.Layout, "index.json"));
        int before = registry.Requests.Count;

        CommandResult second = Project.EdgeImage(arguments).Succeeds();

        Assert.DoesNotContain("Generating native code", second.Output);
        Assert.AreEqual(linked, File.GetLastWriteTimeUtc(Project.Binary));
        Assert.AreEqual(composed, File.GetLastWriteTimeUtc(Path.Combine(Project.Layout, "index.json")));
        RegistryRequest[] requests = [.. registry.Requests.Skip(before).Where(r => r.Path.Contains("helloagent", StringComparison.Ordinal))];
        Assert.HasCount(1, requests);
        Assert.AreEqual("HEAD", requests[0].Method);
    }

    [TestMethod]
    public void A_changed_linker_argument_reaches_the_binary()
    {
        using AgentProject project = PublishedAgent.Create();
        project.Commit();
        project.EdgeImage().Succeeds();
        long before = new FileInfo(project.Binary).Length;

        project.EdgeImage("-p:StripSymbols=false").Succeeds();

        Assert.IsGreaterThan(before, new FileInfo(project.Binary).Length);
    }

    [TestMethod]
    public void The_user_and_password_of_the_environment_open_a_registry()
    {
        using DockerRegistry registry = DockerRegistry.Start(("edge", "pa ss:word"));
        using AgentProjectEnvironment credentials = new(Project, ("EDGESLIM_REGISTRY_USERNAME", "edge"), ("EDGESLIM_REGISTRY_PASSWORD", "pa ss:word"));

        CommandResult result = Project.EdgeImage($"-p:ContainerRegistry={registry.Address}", "-v:diag").Succeeds();

        Assert.DoesNotContain("pa ss:word", result.Output.Replace("EDGESLIM_REGISTRY_PASSWORD = pa ss:word", "", StringComparison.Ordinal));
        Assert.IsTrue(registry.Requests.Any(r => r.IsManifestWrite && r.Status == 201));
    }

    [TestMethod]
    public void An_OCI_archive_is_read_by_other_tools()
    {
        Command.Require("skopeo", "skopeo");
        using TemporaryFolder folder = new();
        Project.EdgeImage($"-p:ContainerArchiveOutputPath={folder["image.tar"]}").Succeeds();

        string digest = Command.Run(
            "/", "skopeo", "inspect", "--format", "{{.Digest}}", $"oci-archive:{folder["image.tar"]}").Succeeds().Output.Trim();

        Assert.AreEqual(Digest(Project.Layout), digest);
        CollectionAssert.AreEqual(new[] { "image.tar" }, Directory.GetFiles(folder.Path).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void A_compressed_docker_archive_really_is_compressed_and_loads()
    {
        Command.Require("podman", "podman");
        using TemporaryFolder folder = new();
        Project.EdgeImage(
            $"-p:ContainerArchiveOutputPath={folder["image.tar.gz"]}", "-p:EdgeArchiveFormat=docker").Succeeds();

        string archive = folder["image.tar"];
        using (FileStream packed = File.OpenRead(folder["image.tar.gz"]))
        using (GZipStream gzip = new(packed, CompressionMode.Decompress))
        using (FileStream unpacked = File.Create(archive))
        {
            gzip.CopyTo(unpacked);
        }

        string image = $"localhost/helloagent:{PublishedAgent.Tag}";
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
        using TemporaryFolder folder = new();
        Project.EdgeImage($"-p:ContainerArchiveOutputPath={folder.Path}/new/").Succeeds();

        using FileStream packed = File.OpenRead(folder["new/helloagent.tar.gz"]);
        using GZipStream gzip = new(packed, CompressionMode.Decompress);
        using TarReader tar = new(gzip);
        Assert.AreEqual("oci-layout", tar.GetNextEntry()!.Name);
    }

    private static string Digest(string layout)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path.Combine(layout, "index.json")));
        return index.RootElement.GetProperty("manifests")[0].GetProperty("digest").GetString()!;
    }
}
