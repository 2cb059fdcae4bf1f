using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Composition;

[TestClass]
public sealed class DebugTwinTests
{
    private const string Path = "PATH=" + ContainerConfig.DefaultPath;

    [TestMethod]
    public void It_is_the_image_with_more_layers_and_tags_of_its_own()
    {
        ImagePlan image = PlanSamples.Plan(PlanSamples.Payload(), tags: ["1.0", "latest"]);
        LayerPlan more = Layer("more");

        ImagePlan twin = DebugTwin.Plan(image, null, [more], ["/busybox"]);

        Assert.AreSequenceEqual(["1.0-debug", "latest-debug"], twin.Tags);
        Assert.AreSequenceEqual([.. image.Layers, more], twin.Layers);
        Assert.AreEqual(
            image.Config with { Env = null },
            twin.Config with { Env = null });
        Assert.AreSequenceEqual(["DOTNET_RUNNING_IN_CONTAINER=true", Path + ":/busybox"], twin.Config.Env!);
        Assert.AreSame(image.Annotations, twin.Annotations);
        Assert.AreEqual("scratch", twin.BaseName);
    }

    [TestMethod]
    public void On_another_base_it_keeps_the_application_and_how_it_is_started()
    {
        ContainerConfig config = new() { User = "app", Env = ["FROM_IMAGE=1", "BOTH=image", "PATH=/own:/bin"] };
        ImagePlan image = PlanSamples.Plan(PlanSamples.Payload(), baseImage: PlanSamples.Base(config));
        BaseImage other = PlanSamples.Base(new ContainerConfig
        {
            User = "root",
            Entrypoint = ["/bin/bash"],
            Env = ["FROM_BASE=2", "BOTH=base", "PATH=/bin:/tools"],
        }) with
        { Name = "tools:1", LayoutFolder = "/layouts/tools" };

        ImagePlan twin = DebugTwin.Plan(image, other, [], []);

        Assert.AreEqual("tools:1", twin.BaseName);
        Assert.AreEqual("/layouts/tools", twin.BaseLayoutFolder);
        Assert.AreSequenceEqual(other.Config!.RootFileSystem.DiffIds, twin.BaseDiffIds);
        Assert.AreEqual("app", twin.Config.User);
        Assert.AreSequenceEqual(["/app/agent"], twin.Config.Entrypoint!);
        Assert.AreSequenceEqual(
            ["BOTH=image", "DOTNET_RUNNING_IN_CONTAINER=true", "FROM_BASE=2", "FROM_IMAGE=1", "PATH=/own:/bin:/tools"],
            twin.Config.Env!);
        Assert.IsTrue(image.Annotations.ContainsKey("org.opencontainers.image.base.name"));
        Assert.IsFalse(twin.Annotations.Keys.Concat(twin.Config.Labels?.Keys ?? []).Any(k => k.Contains("image.base.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void What_stands_in_for_a_base_is_not_put_on_another_one()
    {
        ImagePlan image = PlanSamples.Plan(PlanSamples.Payload());
        Assert.HasCount(2, image.Layers);

        Assert.AreSame(image.Layers[1], DebugTwin.Plan(image, PlanSamples.Base(), [], []).Layers.Single());
    }

    [TestMethod]
    public void A_base_for_another_platform_is_refused() => Assert.AreEqual(
        DiagnosticCodes.BaseWrongPlatform,
        Assert.ThrowsExactly<EdgeException>(
            () => DebugTwin.Plan(PlanSamples.Plan(PlanSamples.Payload()), PlanSamples.Base(architecture: "arm64"), [], [])).Code);

    [TestMethod]
    public void A_tag_that_gets_too_long_is_refused()
    {
        ImagePlan image = PlanSamples.Plan(PlanSamples.Payload(), tags: new string('a', 123));
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => DebugTwin.Plan(image, null, [], []));
        Assert.AreEqual(DiagnosticCodes.InvalidTag, e.Code);
        Assert.Contains("EdgeDebugImage", e.Message);
    }

    [TestMethod]
    public void The_shell_gets_a_link_for_each_of_its_names()
    {
        using TemporaryFolder folder = new();
        StaticShell shell = new(folder.Write("busybox", "12345"), ["ls", "sh"]);
        ImagePlan image = PlanSamples.Plan(PlanSamples.Payload());

        Assert.AreEqual("bin/ bin/sh->/busybox/sh busybox/ busybox/busybox busybox/ls->busybox busybox/sh->busybox", Show(DebugLayers.Shell(shell, image)));
        Assert.AreEqual(LayerEntry.ExecutableMode, DebugLayers.Shell(shell, image).Entries.Single(e => e.Source is not null).Mode);

        // Where others say what is in /bin, it is left alone.
        ImagePlan withShell = PlanSamples.Plan(PlanSamples.Payload(PlanSamples.FileAt("/bin/sh")));
        ImagePlan onBase = image with { BaseLayers = [new Descriptor { MediaType = MediaTypes.LayerGzip, Digest = Digest.Of("x"u8), Size = 1 }] };
        Assert.DoesNotContain("bin/sh", Show(DebugLayers.Shell(shell, withShell)).Replace("busybox/sh", "", StringComparison.Ordinal));
        Assert.DoesNotContain("bin/sh", Show(DebugLayers.Shell(shell, onBase)).Replace("busybox/sh", "", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Native_symbols_go_where_debuggers_look_and_managed_ones_beside_the_application()
    {
        using TemporaryFolder folder = new();
        folder.Write(".build-id/ab/cd.debug", "123");
        folder.Write("agent.pdb", "1");
        SymbolFile[] symbols = [new(".build-id/ab/cd.debug", 3, "abcd"), new("agent.pdb", 1, null)];
        ImagePlan image = PlanSamples.Plan(PlanSamples.Payload());

        LayerPlan layer = DebugLayers.Symbols(symbols, folder.Path, image)!;

        Assert.AreEqual(
            "app/ app/agent.pdb usr/ usr/lib/ usr/lib/debug/ usr/lib/debug/.build-id/ usr/lib/debug/.build-id/ab/ usr/lib/debug/.build-id/ab/cd.debug",
            Show(layer));
        Assert.AreEqual(image.Created, layer.Time);
        Assert.IsNull(DebugLayers.Symbols([], folder.Path, image));
        Assert.AreEqual(
            DiagnosticCodes.PayloadFileMissing,
            Assert.ThrowsExactly<EdgeException>(() => DebugLayers.Symbols([new("gone.pdb", 1, null)], folder.Path, image)).Code);
    }

    private static LayerPlan Layer(string name) => new() { Name = name, Time = PlanSamples.Time, Entries = [] };

    private static string Show(LayerPlan layer) => string.Join(
        ' ', layer.Entries.Select(e => e.IsFolder ? e.Path + "/" : e.LinkTarget is null ? e.Path : $"{e.Path}->{e.LinkTarget}"));
}
