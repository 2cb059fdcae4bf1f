using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>Applications that are not compiled ahead of time, on a base image that has a C library.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ModeTests
{
    [TestMethod]
    [Rotating(8)]
    public void A_trimmed_application_runs_on_a_base_from_a_registry_as_the_bases_user()
    {
        Command.Require("skopeo", "skopeo");
        using DockerRegistry registry = DockerRegistry.Start();
        using TemporaryFolder folder = new();
        GlibcBase.Create(folder["base"]);
        Command.Run(
            "/", "skopeo", "copy", "--dest-tls-verify=false", $"oci:{folder["base"]}:base", $"docker://{registry.Address}/base:1").Succeeds();

        using AgentProject project = new(
            "Trimmed",
            "<EdgeMode>trimmed</EdgeMode>",
            """<None Include="notes.txt" CopyToPublishDirectory="Always" />""",
            code: "Console.WriteLine($\"{Environment.UserName} {Environment.GetEnvironmentVariable(\"FROM_BASE\")} {Environment.CurrentDirectory}\");");
        project.Write("notes.txt", "beside the bundle");
        string commit = project.Commit();
        project.EdgeImage($"-p:ContainerBaseImage={registry.Address}/base:1").Succeeds();
        string first = File.ReadAllText(Path.Combine(project.Layout, "index.json"));

        // Again without a change: the SDK then does not make the bundle, and the image must not lose what is beside it.
        project.EdgeImage($"-p:ContainerBaseImage={registry.Address}/base:1", "-p:EdgeLoad=true").Succeeds();
        Assert.AreEqual(first, File.ReadAllText(Path.Combine(project.Layout, "index.json")));
        string facts = File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json"));
        Assert.Contains("\"targetPath\": \"notes.txt\"", facts);
        Assert.DoesNotContain("Trimmed.dll", facts);
        string image = $"localhost/trimmed:{commit[..12]}";
        try
        {
            Assert.Contains("app yes /app", Podman.RunWith(["--network=none", "--read-only", "--memory=64m"], image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }

        using JsonDocument manifest = JsonDocument.Parse(Command.Run(
            "/", "skopeo", "inspect", "--raw", $"oci:{project.Layout}:{commit[..12]}").Succeeds().Output);
        JsonElement annotations = manifest.RootElement.GetProperty("annotations");
        Assert.AreEqual($"{registry.Address}/base:1", annotations.GetProperty("org.opencontainers.image.base.name").GetString());
        Assert.StartsWith("sha256:", annotations.GetProperty("org.opencontainers.image.base.digest").GetString());
    }

    [TestMethod]
    public void A_self_contained_application_keeps_its_runtime_and_loses_its_symbols_and_those_of_native_libraries()
    {
        using AgentProject project = new(
            "Whole",
            "<EdgeMode>selfcontained</EdgeMode><ContainerBaseImage>oci:base</ContainerBaseImage>",
            """<None Include="libnative.so" CopyToPublishDirectory="PreserveNewest" />""",
            code: "Console.WriteLine(System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription);");
        GlibcBase.Create(Path.Combine(project.Folder, "base"));
        project.Write("native.c", "static int hidden(int x) { return x * 3; } int answer(int x) { return hidden(x); }");
        Command.Run(project.Folder, "gcc", "-g", "-shared", "-fPIC", "-o", "libnative.so", "native.c").Succeeds();
        string commit = project.Commit();
        project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        string image = $"localhost/whole:{commit[..12]}";
        try
        {
            Assert.Contains(".NET 10.", Podman.RunWith(["--network=none", "--read-only", "--memory=128m"], image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }

        string payload = File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json"));
        Assert.Contains("\"targetPath\": \"libcoreclr.so\"", payload);
        Assert.Contains("\"path\": \"Whole.pdb\"", payload);
        Assert.IsTrue(File.Exists(Path.Combine(project.EdgeFolder, "symbols/Whole.pdb")));

        using JsonDocument facts = JsonDocument.Parse(payload);
        JsonElement library = facts.RootElement.GetProperty("payload").GetProperty("files").EnumerateArray()
            .Single(f => f.GetProperty("targetPath").GetString() == "libnative.so");
        Assert.IsGreaterThan(0, library.GetProperty("strippedBytes").GetInt64());
        string sections = Command.Run(project.Folder, "readelf", "-SW", library.GetProperty("source").GetString()!).Succeeds().Output;
        Assert.DoesNotContain(".symtab", sections);
        Assert.Contains(".dynsym", sections);
    }
}
