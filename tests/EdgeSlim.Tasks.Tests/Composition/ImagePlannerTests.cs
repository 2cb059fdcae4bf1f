using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using static EdgeSlim.Tests.Composition.PlanSamples;

namespace EdgeSlim.Tests.Composition;

[TestClass]
public sealed class ImagePlannerTests
{
    [TestMethod]
    public void On_scratch_the_application_comes_on_top_of_the_one_shared_layer()
    {
        ImagePlan plan = Plan(Payload(FileAt("data/a.json"), FileAt("data/b.json")), tags: ["1.0", "latest"]);
        Assert.AreSame(ScratchRootFileSystem.Layer, plan.Layers[0]);
        Assert.AreEqual(
            "app/ 755|app/agent 755|app/data/ 755|app/data/a.json 644|app/data/b.json 644", Entries(plan.Layers[1]));
        Assert.AreEqual("scratch", plan.BaseName);
        Assert.AreEqual("it is small enough", plan.BaseReason);
        Assert.AreEqual("linux/amd64", plan.Platform.ToString());
        Assert.AreEqual("team/agent", plan.Repository);
        Assert.AreEqual("1.0 latest", string.Join(' ', plan.Tags));
        Assert.AreEqual(Time, plan.Created);
        Assert.AreEqual(Time, plan.Layers[1].Time);
        Assert.AreEqual("application", plan.Layers[1].Name);
    }

    [TestMethod]
    public void On_a_base_there_is_one_layer()
    {
        ImagePlan plan = Plan(Payload(), baseImage: Base());
        Assert.AreEqual("app/ 755|app/agent 755", Entries(plan.Layers.Single()));
        Assert.AreEqual("registry.example/base:1", plan.BaseName);
        Assert.AreEqual(Digest.Of("layer"u8), plan.BaseDiffIds.Single());
    }

    [TestMethod]
    public void The_compression_is_of_the_applications_layer_and_not_of_that_of_scratch()
    {
        ImagePlan plan = Plan(Payload(), Options() with { Effort = CompressionEffort.Fast });
        Assert.AreEqual("Best Fast", string.Join(' ', plan.Layers.Select(l => l.Compression)));
    }

    [TestMethod]
    public void The_layer_of_scratch_never_changes()
    {
        using var output = new MemoryStream();
        LayerWriter.Write(ScratchRootFileSystem.Layer, output, CancellationToken.None);
        Assert.AreEqual(
            "etc/ 755|etc/group 644|etc/passwd 644|home/ 755|home/nonroot/ 700 65532:65532|tmp/ 1777",
            Entries(ScratchRootFileSystem.Layer));
        StringAssert.Contains(ScratchRootFileSystem.Layer.Entries[2].Text, "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n");
        foreach (string user in ScratchRootFileSystem.UserNames)
        {
            StringAssert.Contains("\n" + ScratchRootFileSystem.Layer.Entries[2].Text, $"\n{user}:x:");
        }
    }

    [TestMethod]
    public void Folders_come_before_what_is_in_them_and_once()
    {
        ImagePlan plan = Plan(Payload(FileAt("a/b/c/d"), FileAt("a/b/e"), FileAt("a-b/f"), FileAt("/opt/x/y"), FileAt("/app/a/g")));
        string[] paths = [.. plan.Layers[1].Entries.Select(e => e.Path)];
        CollectionAssert.AllItemsAreUnique(paths);
        foreach (string path in paths.Where(p => p.Contains('/')))
        {
            int parent = Array.IndexOf(paths, path[..path.LastIndexOf('/')]);
            Assert.IsTrue(parent >= 0 && parent < Array.IndexOf(paths, path), path);
        }

        Assert.AreEqual(
            "app app/a app/a-b app/a-b/f app/a/b app/a/b/c app/a/b/c/d app/a/b/e app/a/g app/agent opt opt/x opt/x/y",
            string.Join(' ', paths));
    }

    [TestMethod]
    public void A_file_below_a_folder_of_scratch_leaves_the_folder_its_owner_and_mode()
    {
        ImagePlan plan = Plan(Payload(FileAt("/tmp/cache/x"), FileAt("/home/nonroot/.config/y"), FileAt("/etc/z")));
        Assert.AreEqual(
            "app/ 755|app/agent 755|etc/ 755|etc/z 644|home/ 755|home/nonroot/ 700 65532:65532|home/nonroot/.config/ 755"
            + "|home/nonroot/.config/y 644|tmp/ 1777|tmp/cache/ 755|tmp/cache/x 644",
            Entries(plan.Layers[1]));
    }

    [TestMethod]
    [DataRow("", "app/agent")]
    [DataRow("/srv/my agent", "srv/my agent/agent")]
    public void Files_go_below_the_working_directory(string workingDirectory, string expected) =>
        Assert.AreEqual(
            expected,
            Plan(Payload(), Options() with { WorkingDirectory = workingDirectory }).Layers[1].Entries[^1].Path);

    [TestMethod]
    public void The_root_as_working_directory_works_and_is_warned_of()
    {
        var sink = new RecordingSink();
        ImagePlan plan = Plan(Payload(FileAt("data/x")), Options() with { WorkingDirectory = "/" }, sink: sink);
        Assert.AreEqual("agent 755|data/ 755|data/x 644", Entries(plan.Layers[1]));
        Assert.AreEqual(DiagnosticCodes.RootWorkingDirectory, sink.Codes.Single());
        Assert.AreEqual(DiagnosticSeverity.Warning, sink.Diagnostics.Single().Severity);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("/")]
    [DataRow("..")]
    [DataRow("../x")]
    [DataRow("a/../x")]
    [DataRow("a/./x")]
    [DataRow(@"a\..\x")]
    [DataRow("/../etc/passwd")]
    [DataRow("a/")]
    [DataRow("a\0b")]
    public void A_path_that_leads_out_of_its_folder_is_refused(string target)
    {
        EdgeException e = Fails(DiagnosticCodes.InvalidTargetPath, Payload(FileAt("x") with { TargetPath = target }));
        Assert.Contains("'/build/x'", e.Message);
    }

    [TestMethod]
    [DataRow("x", "x")]
    [DataRow("data//x", "data/x")]
    [DataRow(@"data\x", "data/x")]
    [DataRow("/app/data/x", "data/x")]
    public void Two_files_at_one_path_are_refused_however_it_is_written(string one, string other) =>
        Assert.Contains("/app/", Fails(DiagnosticCodes.DuplicatePath, Payload(FileAt(one), FileAt(other))).Message);

    [TestMethod]
    [DataRow("data", "data/x")]
    [DataRow("data/x", "data")]
    [DataRow("/app", "x")]
    [DataRow("/data/a", "/data/a/b/c")]
    public void A_path_cannot_be_a_file_and_a_folder(string one, string other) =>
        Fails(DiagnosticCodes.DuplicatePath, Payload(FileAt(one), FileAt(other)));

    [TestMethod]
    public void A_base_for_another_platform_is_refused()
    {
        EdgeException e = Fails(DiagnosticCodes.BaseWrongPlatform, Payload(), baseImage: Base(architecture: "arm64"));
        Assert.Contains("is for linux/arm64, but the application is for linux/amd64", e.Message);
        BaseImage windows = Base();
        Fails(
            DiagnosticCodes.BaseWrongPlatform,
            Payload(),
            baseImage: windows with { Config = windows.Config! with { OperatingSystem = "windows" } });
    }

    [TestMethod]
    public void A_runtime_identifier_without_a_platform_is_refused_with_those_that_have_one() =>
        Assert.Contains(
            "linux-musl-arm64",
            Fails(DiagnosticCodes.InvalidPropertyValue, Payload(), Options() with { RuntimeIdentifier = "win-x64" }).Message);

    [TestMethod]
    public void Of_two_labels_with_one_name_the_last_wins_and_OCIs_own_are_annotations()
    {
        ImagePlan plan = Plan(Payload(), Options() with
        {
            Labels =
            [
                new("org.opencontainers.image.title", "generated"),
                new("z", "1"),
                new("org.opencontainers.image.title", "mine: größe=1;2"),
                new("a", ""),
                new("org.opencontainers.imagery", "no"),
            ],
        });
        Assert.AreEqual(
            "a=|org.opencontainers.image.title=mine: größe=1;2|org.opencontainers.imagery=no|z=1", Pairs(plan.Config.Labels!));
        Assert.AreEqual("org.opencontainers.image.title=mine: größe=1;2", Pairs(plan.Annotations));
    }

    [TestMethod]
    public void A_label_without_a_name_is_refused() =>
        Assert.Contains("'v'", Fails(DiagnosticCodes.InvalidLabel, Payload(), Options() with { Labels = [new("", "v")] }).Message);

    [TestMethod]
    public void A_base_is_named_and_its_labels_are_kept_but_for_those_that_describe_it()
    {
        BaseImage baseImage = Base(new ContainerConfig
        {
            Labels = new Dictionary<string, string>
            {
                ["org.opencontainers.image.title"] = "the base",
                ["maintainer"] = "them",
                ["mine"] = "theirs",
            },
        });
        ImagePlan plan = Plan(Payload(), Options() with { Labels = [new("mine", "mine")] }, baseImage);
        string named = $"org.opencontainers.image.base.digest={baseImage.Digest}|org.opencontainers.image.base.name=registry.example/base:1";
        Assert.AreEqual($"maintainer=them|mine=mine|{named}", Pairs(plan.Config.Labels!));
        Assert.AreEqual(named, Pairs(plan.Annotations));
        Assert.IsEmpty(Plan(Payload(), Options() with { LabelBase = false }, baseImage).Annotations);
    }

    [TestMethod]
    public void A_folder_of_the_build_machine_is_not_named_in_the_image()
    {
        BaseImage baseImage = Base() with { Name = "oci:/home/me/base" };
        ImagePlan plan = Plan(Payload(), baseImage: baseImage);
        Assert.AreEqual($"org.opencontainers.image.base.digest={baseImage.Digest}", Pairs(plan.Annotations));
        Assert.AreEqual(Pairs(plan.Annotations), Pairs(plan.Config.Labels!));
    }

    [TestMethod]
    public void Scratch_has_no_name_to_give()
    {
        ImagePlan plan = Plan(Payload());
        Assert.IsEmpty(plan.Annotations);
        Assert.IsNull(plan.Config.Labels);
    }

    [TestMethod]
    public async Task A_plan_comes_back_from_its_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        ImagePlan plan = Plan(
            Payload(FileAt("/opt/größe")),
            Options() with { Labels = [new("a", "b")], EnvironmentVariables = [new("X", "'<&>")], IsWeb = true },
            Base(new ContainerConfig { Env = ["A=b"] }),
            tags: "1.0");
        await StageFile.WriteAsync(folder["plan.json"], plan, PlanJson.Documents.ImagePlan, CancellationToken.None);
        string text = await File.ReadAllTextAsync(folder["plan.json"]);
        ImagePlan read = await StageFile.ReadAsync(folder["plan.json"], PlanJson.Documents.ImagePlan, CancellationToken.None);
        await StageFile.WriteAsync(folder["again.json"], read, PlanJson.Documents.ImagePlan, CancellationToken.None);
        Assert.AreEqual(text, await File.ReadAllTextAsync(folder["again.json"]));
        Assert.Contains("größe", text);
    }

    private static EdgeException Fails(string code, Payload payload, ImageOptions? options = null, BaseImage? baseImage = null)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Plan(payload, options, baseImage));
        Assert.AreEqual(code, e.Code, e.Message);
        return e;
    }

    private static string Entries(LayerPlan layer) => string.Join('|', layer.Entries.Select(e =>
        $"{e.Path}{(e.IsFolder ? "/" : "")} {Convert.ToString(e.Mode, 8)}{(e.UserId == 0 ? "" : $" {e.UserId}:{e.GroupId}")}"));

    private static string Pairs(IReadOnlyDictionary<string, string> pairs) =>
        string.Join('|', pairs.Select(p => $"{p.Key}={p.Value}"));
}
