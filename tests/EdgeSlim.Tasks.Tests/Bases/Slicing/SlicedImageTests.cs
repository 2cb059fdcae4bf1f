using System.Formats.Tar;
using EdgeSlim.Bases;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;
using EdgeSlim.Tests.LinkChecks;

namespace EdgeSlim.Tests.Bases.Slicing;

[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class SlicedImageTests
{
    private const string Libraries = "usr/lib/x86_64-linux-gnu/";

    [TestMethod]
    [DataRow(MediaTypes.Layer)]
    [DataRow(MediaTypes.LayerGzip)]
    [DataRow(MediaTypes.LayerZstd)]
    public async Task Layers_of_any_compression_are_sliced_and_nothing_else_is_kept(string mediaType)
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        using TemporaryFolder folder = new();
        SampleLayout layout = new SampleLayout(folder).Layer(tar => WriteBase(tar, root), mediaType);

        Slice slice = Cut(layout, root, folder);

        Assert.IsEmpty(slice.Missing);
        Assert.AreSequenceEqual(
            ["/lib64/ld-linux-x86-64.so.2", "/" + Libraries + "ld-linux-x86-64.so.2", "/" + Libraries + "libc.so.6", "/" + Libraries + "libone.so.1", "/" + Libraries + "libtwo.so.1"],
            slice.Files.Select(f => f.TargetPath));
        string[] sources = [.. slice.Files.Select(f => f.Source).OfType<string>()];
        CollectionAssert.AreEquivalent(sources, Directory.GetFileSystemEntries(folder["slice"]));

        // Again: the same files with the same times, so that nothing is composed again.
        DateTime time = File.GetLastWriteTimeUtc(sources[0]);
        Slice again = Cut(layout, root, folder);
        Assert.AreSequenceEqual(slice.Files, again.Files);
        Assert.AreEqual(time, File.GetLastWriteTimeUtc(sources[0]));
    }

    [TestMethod]
    public async Task An_image_that_was_unpacked_before_is_sliced_alike_and_one_that_is_damaged_too()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        using TemporaryFolder folder = new();
        SampleLayout layout = new SampleLayout(folder).Layer(tar => WriteBase(tar, root));
        var sink = new RecordingSink();
        ImageCache cache = new(folder["cache"], long.MaxValue, sink);
        Slice slice = Cut(layout, root, folder);
        Assert.AreSequenceEqual(slice.Files, Cut(layout, root, folder, cache: cache).Files);
        Assert.AreSequenceEqual(slice.Files, Cut(layout, root, folder, cache: cache).Files);
        Assert.IsEmpty(sink.Diagnostics);

        string kept = Directory.GetFiles(folder["cache/images"]).Single();
        byte[] content = File.ReadAllBytes(kept);
        content[1000] ^= 1;
        File.WriteAllBytes(kept, content);
        Assert.AreSequenceEqual(slice.Files, Cut(layout, root, folder, cache: cache).Files);
        Assert.Contains("is damaged", sink.Diagnostics.Single().Text);
    }

    [TestMethod]
    public async Task Two_runs_at_once_do_not_get_in_each_others_way()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        using TemporaryFolder folder = new();
        SampleLayout layout = new SampleLayout(folder).Layer(tar => WriteBase(tar, root));
        ImageCache cache = new(folder["cache"], long.MaxValue);
        Slice[] slices = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            () => Cut(layout, root, folder, cache: i % 2 == 0 ? cache : null))));
        foreach (Slice slice in slices)
        {
            Assert.AreSequenceEqual(slices[0].Files, slice.Files);
            Assert.IsTrue(slice.Files.All(f => f.Source is null || File.Exists(f.Source)));
        }

        CollectionAssert.AreEquivalent(
            slices[0].Files.Select(f => f.Source).OfType<string>().ToArray(), Directory.GetFileSystemEntries(folder["slice"]));
    }

    [TestMethod]
    public async Task What_an_upper_layer_takes_away_is_missing()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        using TemporaryFolder folder = new();
        SampleLayout layout = new SampleLayout(folder)
            .Layer(tar => WriteBase(tar, root))
            .Layer(tar => tar.Text(Libraries + ".wh.libtwo.so.1", ""));

        Slice slice = Cut(layout, root, folder);

        Assert.HasCount(1, slice.Missing);
        Assert.Contains("libtwo.so.1", slice.Missing[0]);
    }

    [TestMethod]
    public async Task A_link_that_leads_out_of_the_image_stays_in_it()
    {
        using SampleRoot root = await SampleRoot.CreateAsync();
        using TemporaryFolder folder = new();
        SampleLayout layout = new SampleLayout(folder).Layer(tar =>
        {
            WriteBase(tar, root);
            Link(tar, "etc/ssl/certs/ca-certificates.crt", "../../../../../../etc/passwd");
        });

        EdgeSlim.Diagnostics.EdgeException e = Assert.ThrowsExactly<EdgeSlim.Diagnostics.EdgeException>(
            () => Cut(layout, root, folder, r => r with { CaCertificates = true }));

        Assert.AreEqual(EdgeSlim.Diagnostics.DiagnosticCodes.NoCaCertificates, e.Code);
        Assert.IsEmpty(Directory.GetFileSystemEntries(folder["slice"]));
    }

    private static Slice Cut(
        SampleLayout layout, SampleRoot root, TemporaryFolder folder, Func<SliceRequest, SliceRequest>? change = null, ImageCache? cache = null)
    {
        SliceRequest request = root.Request();
        BaseImage image = new() { Name = "oci:base", LayoutFolder = layout.Layout.Folder, Layers = layout.Layers };
        return new SlicedImage(folder["slice"], cache).Cut(image, change?.Invoke(request) ?? request, CancellationToken.None);
    }

    private static void WriteBase(TarWriter tar, SampleRoot root)
    {
        Link(tar, "lib", "usr/lib");
        Link(tar, "lib64", "usr/lib64");
        Link(tar, "usr/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2");
        foreach (string name in (string[])["ld-linux-x86-64.so.2", "libc.so.6", "libtwo.so.1", "libunused.so.1"])
        {
            tar.File(Libraries + name, root["/" + Libraries + name]);
        }

        tar.File(Libraries + "libone.so.1", root["/" + Libraries + "libone.so.1.2"]);
    }

    private static void Link(TarWriter tar, string path, string target) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target });
}
