using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The debuggable twin, looked at as somebody does who has to find out what is wrong on a device.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class DebugImageTests
{
    private const string Asked = "-p:EdgeDebugImage=true";

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public void It_has_a_shell_and_symbols_and_the_image_stays_the_same()
    {
        Command.Require("busybox", "busybox-static");
        Command.Require("umoci", "umoci");
        Command.Require("gdb", "gdb");
        using PublishedProject project = Create();
        string name = $"-p:ContainerRepository={project.ImageName}";
        project.EdgeImage(name).Succeeds();
        string before = project.Digest;
        project.EdgeImage(name, Asked, "-p:EdgeLoad=true").Succeeds();
        Assert.AreEqual(before, project.Digest);

        string image = $"localhost/{project.ImageName}:{project.Tag}";
        try
        {
            // As the image's own user, with a read-only root, without capabilities.
            string seen = Podman.RunWith(
                ["--network=none", "--read-only", "--cap-drop=ALL", "--entrypoint", "/bin/sh"],
                $"{image}-debug",
                "-c",
                "id -u; /app/HelloAgent; ls /usr/lib/debug/.build-id; wget 2>&1 | head -n 1").Succeeds().Output;
            Assert.StartsWith("65532", seen);
            Assert.Contains("Hello from nonroot in /app", seen);
            Assert.Contains("BusyBox", seen);

            // And without a word about the entry point it is the application.
            Assert.Contains("Hello from nonroot in /app", Podman.Run($"{image}-debug").Succeeds().Output);
        }
        finally
        {
            Podman.Remove($"{image}-debug");
            Podman.Remove(image);
        }

        using TemporaryFolder folder = new();
        Command.Run(folder.Path, "umoci", "unpack", "--rootless", "--image", $"{DebugLayout(project)}:{project.Tag}-debug", folder["u"]).Succeeds();
        string root = folder["u/rootfs"];
        string symbols = Command.Run(
            "/", "gdb", "-nx", "-batch", "-iex", $"set debug-file-directory {root}/usr/lib/debug", "-ex", "info functions Program___Main",
            $"{root}/app/HelloAgent").Succeeds().Output;
        Assert.Contains("HelloAgent_Program___Main", symbols);
        CollectionAssert.AreEqual(File.ReadAllBytes(project.Binary), File.ReadAllBytes($"{root}/app/HelloAgent"));
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void It_goes_where_the_image_goes_and_brings_only_what_is_new()
    {
        Command.Require("busybox", "busybox-static");
        Command.Require("skopeo", "skopeo");
        using DockerRegistry registry = DockerRegistry.Start();
        using PublishedProject project = Create();
        using TemporaryFolder folder = new();
        string output = project.EdgeImage(
            Asked, $"-p:ContainerRegistry={registry.Address}", $"-p:ContainerArchiveOutputPath={folder["agent.tar.gz"]}").Succeeds().Output;

        string name = $"{registry.Address}/helloagent:{project.Tag}-debug";
        Assert.Contains(name, output);
        JsonElement facts = project.Facts;
        JsonElement debug = facts.GetProperty("debug");
        Assert.AreEqual(Inspect($"docker://{name}", "--tls-verify=false"), debug.GetProperty("image").GetProperty("digest").GetString());
        Assert.AreEqual(project.Digest, Inspect($"docker://{name[..^"-debug".Length]}", "--tls-verify=false"));
        Assert.AreEqual(project.Digest, Inspect($"oci-archive:{folder["agent.tar.gz"]}"));
        Assert.AreEqual(ImageOutput.DigestOf(DebugLayout(project)), Inspect($"oci-archive:{folder["agent-debug.tar.gz"]}"));

        string[] layers = [.. facts.GetProperty("image").GetProperty("layers").EnumerateArray().Select(LayerDigest)];
        string[] twin = [.. debug.GetProperty("image").GetProperty("layers").EnumerateArray().Select(LayerDigest)];
        CollectionAssert.AreEqual(layers, twin[..layers.Length]);
        Assert.HasCount(layers.Length + 2, twin);
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public void A_base_of_the_users_own_carries_the_application_and_needs_a_shell()
    {
        Command.Require("busybox", "busybox-static");
        using PublishedProject project = new(Apps.Hello);
        string bare = Path.Combine(project.Folder, "bare");
        GlibcBase.Create(bare);
        string tools = Path.Combine(project.Folder, "tools");
        GlibcBase.Create(tools);
        string busybox = Command.Run("/", "sh", "-c", "command -v busybox").Succeeds().Output.Trim();
        Command.Run("/", "umoci", "insert", "--image", $"{tools}:base", busybox, "/bin/sh").Succeeds();
        project.Write(".gitignore", "bin/\nobj/\nbare/\ntools/\n");
        project.Commit();

        project.EdgeImage(Asked, "-p:EdgeDebugBase=oci:bare").FailsWith("EDGE2080");
        Assert.IsFalse(File.Exists(Path.Combine(project.EdgeFolder, "facts.json")));
        project.EdgeImage(Asked, "-p:EdgeDebugBase=oci:nowhere").FailsWith("EDGE3012");

        project.EdgeImage(Asked, $"-p:ContainerRepository={project.ImageName}", "-p:EdgeDebugBase=oci:tools", "-p:EdgeLoad=true").Succeeds();
        string image = $"localhost/{project.ImageName}:{project.Tag}";
        try
        {
            string seen = Podman.RunWith(
                ["--network=none", "--read-only", "--entrypoint", "sh"], $"{image}-debug", "-c", "id -u; echo $FROM_BASE; /app/HelloAgent").Succeeds().Output;
            Assert.StartsWith("65532\nyes\nHello from", seen);
        }
        finally
        {
            Podman.Remove($"{image}-debug");
            Podman.Remove(image);
        }
    }

    [TestMethod]
    public void Without_busybox_nothing_is_delivered_and_it_is_said_what_to_install()
    {
        using ToolFolder tools = ToolFolder.With("clang", "ld", "ld.lld", "llvm-objcopy", "git");
        using PublishedProject project = Create();
        project.Environment["PATH"] = tools.Path;
        using TemporaryFolder folder = new();

        CommandResult result = project.EdgeImage(Asked, $"-p:ContainerArchiveOutputPath={folder["agent.tar"]}");

        result.FailsWith("EDGE2080");
        Assert.Contains("apt-get install busybox-static", result.Output);
        Assert.IsFalse(File.Exists(folder["agent.tar"]));
    }

    private static PublishedProject Create()
    {
        PublishedProject project = new(Apps.Hello);
        project.Commit();
        return project;
    }

    private static string DebugLayout(PublishedProject project) => Path.Combine(project.EdgeFolder, "debug/oci");

    private static string LayerDigest(JsonElement layer) => layer.GetProperty("digest").GetString()!;

    private static string Inspect(string image, params string[] options) => Command.Run(
        "/", "skopeo", ["inspect", .. options, "--format", "{{.Digest}}", image]).Succeeds().Output.Trim();
}
