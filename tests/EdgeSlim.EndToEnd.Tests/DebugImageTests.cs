using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The debuggable twin, looked at as somebody does who has to find out what is wrong on a device.</summary>
[TestClass]
[DoNotParallelize]
public sealed class DebugImageTests
{
    private const string Asked = "-p:EdgeDebugImage=true";

    private static AgentProject Project => PublishedAgent.Project;

    private static string DebugLayout => Path.Combine(Project.EdgeFolder, "debug/oci");

    [TestMethod]
    public void It_has_a_shell_and_symbols_and_the_image_stays_the_same()
    {
        Command.Require("busybox", "busybox-static");
        Command.Require("umoci", "umoci");
        Command.Require("gdb", "gdb");
        string before = Digest(Project.Layout);
        Project.EdgeImage(Asked, "-p:EdgeLoad=true").Succeeds();
        Assert.AreEqual(before, Digest(Project.Layout));

        string image = $"localhost/helloagent:{PublishedAgent.Tag}";
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
        Command.Run(folder.Path, "umoci", "unpack", "--rootless", "--image", $"{DebugLayout}:{PublishedAgent.Tag}-debug", folder["u"]).Succeeds();
        string root = folder["u/rootfs"];
        string symbols = Command.Run(
            "/", "gdb", "-nx", "-batch", "-iex", $"set debug-file-directory {root}/usr/lib/debug", "-ex", "info functions Program___Main",
            $"{root}/app/HelloAgent").Succeeds().Output;
        Assert.Contains("HelloAgent_Program___Main", symbols);
        CollectionAssert.AreEqual(File.ReadAllBytes(Project.Binary), File.ReadAllBytes($"{root}/app/HelloAgent"));
    }

    [TestMethod]
    public void It_goes_where_the_image_goes_and_brings_only_what_is_new()
    {
        Command.Require("busybox", "busybox-static");
        Command.Require("skopeo", "skopeo");
        using DockerRegistry registry = DockerRegistry.Start();
        using TemporaryFolder folder = new();
        string output = Project.EdgeImage(
            Asked, $"-p:ContainerRegistry={registry.Address}", $"-p:ContainerArchiveOutputPath={folder["agent.tar.gz"]}").Succeeds().Output;

        string name = $"{registry.Address}/helloagent:{PublishedAgent.Tag}-debug";
        Assert.Contains(name, output);
        JsonElement debug = Facts().GetProperty("debug");
        Assert.AreEqual(Inspect($"docker://{name}", "--tls-verify=false"), debug.GetProperty("image").GetProperty("digest").GetString());
        Assert.AreEqual(Digest(Project.Layout), Inspect($"docker://{name[..^"-debug".Length]}", "--tls-verify=false"));
        Assert.AreEqual(Digest(Project.Layout), Inspect($"oci-archive:{folder["agent.tar.gz"]}"));
        Assert.AreEqual(Digest(DebugLayout), Inspect($"oci-archive:{folder["agent-debug.tar.gz"]}"));

        string[] layers = [.. Facts().GetProperty("image").GetProperty("layers").EnumerateArray().Select(LayerDigest)];
        string[] twin = [.. debug.GetProperty("image").GetProperty("layers").EnumerateArray().Select(LayerDigest)];
        CollectionAssert.AreEqual(layers, twin[..layers.Length]);
        Assert.HasCount(layers.Length + 2, twin);
    }

    [TestMethod]
    public void A_base_of_the_users_own_carries_the_application_and_needs_a_shell()
    {
        Command.Require("busybox", "busybox-static");
        using AgentProject project = PublishedAgent.Create();
        string bare = Path.Combine(project.Folder, "bare");
        GlibcBase.Create(bare);
        string tools = Path.Combine(project.Folder, "tools");
        GlibcBase.Create(tools);
        string busybox = Command.Run("/", "sh", "-c", "command -v busybox").Succeeds().Output.Trim();
        Command.Run("/", "umoci", "insert", "--image", $"{tools}:base", busybox, "/bin/sh").Succeeds();
        project.Write(".gitignore", "bin/\nobj/\nbare/\ntools/\n");
        string commit = project.Commit();

        project.EdgeImage(Asked, "-p:EdgeDebugBase=oci:bare").FailsWith("EDGE2080");
        Assert.IsFalse(File.Exists(Path.Combine(project.EdgeFolder, "facts.json")));
        project.EdgeImage(Asked, "-p:EdgeDebugBase=oci:nowhere").FailsWith("EDGE3012");

        project.EdgeImage(Asked, "-p:EdgeDebugBase=oci:tools", "-p:EdgeLoad=true").Succeeds();
        string image = $"localhost/helloagent:{commit[..12]}";
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
        using AgentProjectEnvironment path = new(Project, ("PATH", tools.Path));
        using TemporaryFolder folder = new();

        CommandResult result = Project.EdgeImage(Asked, $"-p:ContainerArchiveOutputPath={folder["agent.tar"]}");

        result.FailsWith("EDGE2080");
        Assert.Contains("apt-get install busybox-static", result.Output);
        Assert.IsFalse(File.Exists(folder["agent.tar"]));
    }

    private static string LayerDigest(JsonElement layer) => layer.GetProperty("digest").GetString()!;

    private static JsonElement Facts()
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Project.EdgeFolder, "facts.json")));
        return facts.RootElement.Clone();
    }

    private static string Digest(string layout)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path.Combine(layout, "index.json")));
        return index.RootElement.GetProperty("manifests")[0].GetProperty("digest").GetString()!;
    }

    private static string Inspect(string image, params string[] options) => Command.Run(
        "/", "skopeo", ["inspect", .. options, "--format", "{{.Digest}}", image]).Succeeds().Output.Trim();
}
