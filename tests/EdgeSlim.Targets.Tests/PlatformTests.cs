using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>Several platforms in one run, with the real tasks and no compiler.</summary>
[TestClass]
public sealed class PlatformTests
{
    private const string Both = "-p:EdgeRuntimeIdentifiers=linux-x64%3Blinux-arm64";

    // What is published lies there already.
    private const string NoPublish = "-p:_EdgeSlimStages=_EdgeSlimCheckLinks";

    private static readonly string[] Names = ["PublishRuntimeIdentifier", "RuntimeIdentifier", "RuntimeIdentifiers"];

    private static string Host => System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;

    [TestMethod]
    [DataRow(" linux-arm64 , linux-x64,linux-arm64", "linux-arm64;linux-x64")]
    [DataRow("linux-x64%3Blinux-arm64", "linux-x64;linux-arm64")]
    public void A_project_for_several_platforms_is_restored_for_all_and_is_itself_for_this_machine(string list, string restored)
    {
        using EvaluatedProject project = new($"<OutputType>Exe</OutputType><EdgeRuntimeIdentifiers>{list}</EdgeRuntimeIdentifiers>");

        IReadOnlyDictionary<string, string> properties = project.Properties([EvaluatedProject.Publishing], Names);

        Assert.AreEqual(restored, properties["RuntimeIdentifiers"]);
        Assert.AreEqual(Host, properties["PublishRuntimeIdentifier"]);
        Assert.AreEqual(Host, properties["RuntimeIdentifier"]);
    }

    [TestMethod]
    [DataRow("ContainerRuntimeIdentifiers", "linux-musl-arm64;linux-arm", "linux-musl-arm64", "linux-musl-arm64;linux-arm")]
    [DataRow("EdgeRuntimeIdentifiers", "linux-musl-arm64", "linux-musl-arm64", "linux-musl-arm64")]
    public void Where_this_machine_is_not_among_them_it_is_for_the_first(string property, string list, string own, string restored)
    {
        using EvaluatedProject project = new($"<OutputType>Exe</OutputType><{property}>{list}</{property}>");

        IReadOnlyDictionary<string, string> properties = project.Properties([EvaluatedProject.Publishing], Names);

        Assert.AreEqual(own, properties["RuntimeIdentifier"]);
        Assert.AreEqual(restored, properties["RuntimeIdentifiers"]);
    }

    [TestMethod]
    [DataRow("win-x64%3Blinux-x64", "EDGE1022")]
    public void A_platform_that_there_is_no_image_for_is_refused_before_anything_is_compiled(string list, string code)
    {
        using EvaluatedProject project = new($"<OutputType>Exe</OutputType><EdgeRuntimeIdentifiers>{list}</EdgeRuntimeIdentifiers>");
        project.Build("BeforeBuild", EvaluatedProject.Publishing).FailsWith(code);
    }

    [TestMethod]
    [DataRow("RuntimeIdentifier", "linux-arm64")]
    [DataRow("PublishRuntimeIdentifier", "linux-arm")]
    public void One_platform_beside_several_is_refused(string property, string identifier)
    {
        using EvaluatedProject project = new();
        CommandResult result = project.Build("_EdgeSlimGuard", EvaluatedProject.Publishing, Both, $"-p:{property}={identifier}").FailsWith("EDGE1024");
        Assert.Contains($"-p:EdgeRuntimeIdentifiers={identifier}.", result.Output);
    }

    [TestMethod]
    public void The_images_lie_side_by_side_and_an_index_names_them_with_their_platforms()
    {
        using EvaluatedProject project = Faked();
        string output = Build(project).Succeeds().Output;

        string edge = Path.Combine(project.Folder, "bin/Debug/net10.0/edge");
        JsonElement[] images = Index(edge);
        CollectionAssert.AreEqual(
            new[] { "amd64", "arm64" },
            images.Select(i => i.GetProperty("platform").GetProperty("architecture").GetString()).ToArray());
        foreach ((JsonElement image, string folder) in images.Zip(["linux-x64", "linux-arm64"]))
        {
            string digest = image.GetProperty("digest").GetString()!;
            Assert.IsTrue(File.Exists(Path.Combine(edge, "oci/blobs/sha256", digest["sha256:".Length..])));
            Assert.AreEqual(digest, Root(Path.Combine(edge, folder)).GetProperty("digest").GetString());
        }

        Assert.Contains("app:latest (linux/amd64, linux/arm64)", output);
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(edge, "facts.json")));
        Assert.AreEqual(Root(edge).GetProperty("digest").GetString(), facts.RootElement.GetProperty("index").GetProperty("digest").GetString());
        Assert.AreEqual(2, facts.RootElement.GetProperty("platforms").GetArrayLength());
    }

    [TestMethod]
    public void Nothing_is_written_again_when_nothing_changed_nor_when_the_platforms_are_named_in_another_order()
    {
        using EvaluatedProject project = Faked();
        Build(project).Succeeds();
        string edge = Path.Combine(project.Folder, "bin/Debug/net10.0/edge");
        string before = File.ReadAllText(Path.Combine(edge, "oci/index.json"));
        Dictionary<string, DateTime> written = Times();

        Build(project).Succeeds();
        CollectionAssert.AreEqual(written, Times());

        Build(project, "-p:EdgeRuntimeIdentifiers=linux-arm64%3Blinux-x64").Succeeds();
        Assert.AreEqual(before, File.ReadAllText(Path.Combine(edge, "oci/index.json")));

        // The image of one platform, by itself and as it was.
        string digest = Index(edge)[0].GetProperty("digest").GetString()!;
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, "-p:EdgeRuntimeIdentifiers=linux-x64").Succeeds();
        Assert.AreEqual(
            digest, Root(Path.Combine(project.Folder, "bin/Debug/net10.0/linux-x64/edge")).GetProperty("digest").GetString());

        Dictionary<string, DateTime> Times() => new[] { "oci", "linux-x64/oci", "linux-arm64/oci" }
            .ToDictionary(f => f, f => File.GetLastWriteTimeUtc(Path.Combine(edge, f, "index.json")));
    }

    [TestMethod]
    public void An_executable_of_another_processor_than_declared_stops_all()
    {
        using EvaluatedProject project = Faked();
        project.Write("App-linux-arm64", StageTests.Program);
        string archive = Path.Combine(project.Folder, "image.tar");

        Build(project, Both, $"-p:ContainerArchiveOutputPath={archive}").FailsWith("EDGE2004");

        Assert.IsFalse(File.Exists(archive));
        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "bin/Debug/net10.0/edge/oci")));
    }

    [TestMethod]
    public void A_base_of_several_platforms_gives_each_image_its_own()
    {
        using EvaluatedProject house = Faked();
        house.Write("App-linux-x64", StageTests.Program + "the base's");
        Build(house).Succeeds();
        string layout = Path.Combine(house.Folder, "bin/Debug/net10.0/edge/oci");
        using EvaluatedProject project = Faked();

        Build(project, Both, $"-p:EdgeBase=oci:{layout}").Succeeds();

        string edge = Path.Combine(project.Folder, "bin/Debug/net10.0/edge");
        foreach (string platform in (string[])["linux-x64", "linux-arm64"])
        {
            string[] ofBase = Layers(Path.Combine(house.Folder, "bin/Debug/net10.0/edge", platform));
            CollectionAssert.AreEqual(ofBase, Layers(Path.Combine(edge, platform))[..ofBase.Length]);
        }
    }

    [TestMethod]
    public void Without_a_shell_for_each_platform_there_are_no_debug_images_and_nothing_is_delivered()
    {
        using EvaluatedProject project = Faked();
        string archive = Path.Combine(project.Folder, "image.tar");

        Build(project, Both, "-p:EdgeDebugImage=true", $"-p:ContainerArchiveOutputPath={archive}").FailsWith("EDGE2080");

        Assert.IsFalse(File.Exists(archive));
    }

    [TestMethod]
    public void Debug_images_have_an_index_of_their_own()
    {
        using EvaluatedProject house = Faked("""<ItemGroup><ResolvedFileToPublish Include="App-$(RuntimeIdentifier)" RelativePath="sh" /></ItemGroup>""");
        Build(house, Both, "-p:ContainerWorkingDirectory=/usr/bin").Succeeds();
        using EvaluatedProject project = Faked();

        string output = Build(
            project, Both, "-p:EdgeDebugImage=true", $"-p:EdgeDebugBase=oci:{house.Folder}/bin/Debug/net10.0/edge/oci").Succeeds().Output;

        string edge = Path.Combine(project.Folder, "bin/Debug/net10.0/edge");
        Assert.HasCount(2, Index(Path.Combine(edge, "debug")));
        Assert.AreNotEqual(Root(edge).GetProperty("digest").GetString(), Root(Path.Combine(edge, "debug")).GetProperty("digest").GetString());
        Assert.Contains("app:latest-debug (linux/amd64, linux/arm64, for debugging)", output);
    }

    [TestMethod]
    [DataRow("-p:EdgeArchiveFormat=docker", "linux-x64%3Blinux-arm64", "EDGE3040")]
    [DataRow("-p:EdgeLoad=true", "linux-arm64%3Blinux-arm", "EDGE3041")]
    public void A_place_that_takes_one_image_only_is_said_before_anything_is_delivered(string argument, string list, string code)
    {
        using EvaluatedProject project = Faked();
        string archive = Path.Combine(project.Folder, "image.tar");

        Build(project, $"-p:EdgeRuntimeIdentifiers={list}", argument, $"-p:ContainerArchiveOutputPath={archive}").FailsWith(code);

        Assert.IsFalse(File.Exists(archive));
    }

    [TestMethod]
    public void Platforms_that_are_built_into_one_folder_are_refused()
    {
        using EvaluatedProject project = Faked();
        CommandResult result = Build(project, Both, "-p:AppendRuntimeIdentifierToOutputPath=false").FailsWith("EDGE1025");
        Assert.Contains("AppendRuntimeIdentifierToOutputPath", result.Output);
    }

    private static CommandResult Build(EvaluatedProject project, params string[] arguments) => project.Build(
        "_EdgeSlimReport", [EvaluatedProject.Publishing, NoPublish, .. arguments.Length == 0 ? [Both] : arguments]);

    private static EvaluatedProject Faked(string more = "")
    {
        EvaluatedProject project = new(
            body: """
                <ItemGroup><ResolvedFileToPublish Include="App-$(RuntimeIdentifier)" RelativePath="App" /></ItemGroup>
                """ + more);
        string arm = StageTests.Program.Replace("\u0002\u0001\u0001", "\u0001\u0001\u0001", StringComparison.Ordinal).Replace('\u003e', '\u0028');
        Write(project, "App-linux-x64", StageTests.Program);
        Write(project, "App-linux-arm64", StageTests.Program.Replace('\u003e', '\u00b7'));
        Write(project, "App-linux-arm", arm);
        return project;
    }

    private static void Write(EvaluatedProject project, string name, string content) =>
        File.WriteAllBytes(Path.Combine(project.Folder, name), System.Text.Encoding.Latin1.GetBytes(content));

    private static JsonElement Root(string edge) => Read(Path.Combine(edge, "oci/index.json")).GetProperty("manifests")[0];

    private static JsonElement[] Index(string edge) => [.. Blob(edge, Root(edge)).GetProperty("manifests").EnumerateArray()];

    private static string[] Layers(string edge) =>
        [.. Blob(edge, Root(edge)).GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("digest").GetString()!)];

    private static JsonElement Blob(string edge, JsonElement descriptor) =>
        Read(Path.Combine(edge, "oci/blobs/sha256", descriptor.GetProperty("digest").GetString()!["sha256:".Length..]));

    private static JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }
}
