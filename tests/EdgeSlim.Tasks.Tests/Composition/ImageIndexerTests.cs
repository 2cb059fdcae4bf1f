using EdgeSlim.Composition;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Composition;

[TestClass]
public sealed class ImageIndexerTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task All_blobs_of_all_images_are_in_the_layout_and_nothing_else_is()
    {
        using TemporaryFolder folder = new();
        ImageLayout amd64 = await ComposeAsync(folder, "linux-x64", "amd64");
        ImageLayout arm = await ComposeAsync(folder, "linux-arm", "arm");
        LayoutTree tree = await IndexAsync(folder, arm, amd64);

        Assert.IsTrue(tree.IsIndex);
        Assert.AreEqual("linux/amd64 linux/arm/v7", string.Join(' ', tree.Images.Select(i => i.Descriptor.Platform)));
        Assert.AreEqual(amd64.ReadImage().Descriptor.Digest, tree.Images[0].Descriptor.Digest);
        string[] named = [.. tree.Blobs.Concat(tree.Manifests).Select(d => d.Digest.Hex).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(named, Blobs(folder));

        // What only the platform that is gone had goes with it.
        LayoutTree one = await IndexAsync(folder, amd64);
        Assert.HasCount(1, one.Images);
        Assert.IsLessThan(named.Length, Blobs(folder).Length);
    }

    [TestMethod]
    public async Task The_order_in_which_images_are_made_does_not_change_the_index()
    {
        using TemporaryFolder folder = new();
        ImageLayout amd64 = await ComposeAsync(folder, "linux-x64", "amd64");
        ImageLayout arm64 = await ComposeAsync(folder, "linux-arm64", "arm64");

        Digest one = (await IndexAsync(folder, amd64, arm64)).Root.Digest;

        Assert.AreEqual(one, (await IndexAsync(folder, arm64, amd64)).Root.Digest);
    }

    [TestMethod]
    public void The_index_has_the_annotations_that_all_images_have_and_not_those_of_their_bases()
    {
        LayoutImage first = Image(("title", "agent"), ("arch", "a"), ("org.opencontainers.image.base.name", "debian"));
        LayoutImage second = Image(("title", "agent"), ("arch", "b"), ("org.opencontainers.image.base.name", "debian"));

        ImageIndex index = ImageIndexer.Index([first, second]);

        CollectionAssert.AreEqual(new Dictionary<string, string> { ["title"] = "agent" }, index.Annotations!.ToArray());
        Assert.IsNull(ImageIndexer.Index([Image(), second]).Annotations);
    }

    private static LayoutImage Image(params (string Key, string Value)[] annotations) => new()
    {
        Descriptor = new Descriptor { MediaType = MediaTypes.ImageManifest, Digest = Digest.Of("m"u8), Size = 1 },
        Tags = [],
        Manifest = new ImageManifest
        {
            Config = new Descriptor { MediaType = MediaTypes.ImageConfig, Digest = Digest.Of("c"u8), Size = 1 },
            Layers = [],
            Annotations = annotations.ToDictionary(a => a.Key, a => a.Value),
        },
        Config = new ImageConfig { Architecture = "amd64", OperatingSystem = "linux", RootFileSystem = new RootFileSystem { DiffIds = [] } },
    };

    private static string[] Blobs(TemporaryFolder folder) =>
        [.. Directory.GetFiles(folder["index/blobs/sha256"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private async Task<ImageLayout> ComposeAsync(TemporaryFolder folder, string runtimeIdentifier, string content)
    {
        ImagePlan plan = PlanSamples.Plan(
            PlanSamples.Payload(folder, ("agent", content)), PlanSamples.Options() with { RuntimeIdentifier = runtimeIdentifier }, tags: ["1.0"]);
        await new ImageComposer(folder[runtimeIdentifier], folder["lock"]).ComposeAsync(plan, TestContext.CancellationToken);
        return new ImageLayout(folder[runtimeIdentifier]);
    }

    private Task<LayoutTree> IndexAsync(TemporaryFolder folder, params ImageLayout[] layouts) =>
        new ImageIndexer(folder["index"], folder["lock"]).IndexAsync(layouts, ["1.0", "latest"], TestContext.CancellationToken);
}
