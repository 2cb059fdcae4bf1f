using System.Formats.Tar;
using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;
using EdgeSlim.Tests.LinkChecks;

namespace EdgeSlim.Tests.RootFileSystems;

[TestClass]
public sealed class ImageCacheTests
{
    private const string Expected =
        """
        /etc F
        /etc/kept one
        /etc/link -> kept
        /etc/replaced above
        /etc/twin one
        /opt F
        /opt/alone new
        """;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(MediaTypes.Layer)]
    [DataRow(MediaTypes.LayerGzip)]
    [DataRow(MediaTypes.LayerZstd)]
    public void Layers_lie_on_each_other_and_are_read_once(string mediaType)
    {
        using var folder = new TemporaryFolder();
        SampleLayout image = Image(folder, mediaType);
        var cache = new ImageCache(folder["cache"], long.MaxValue);
        Assert.AreEqual(Expected, Text(cache, image));
        Directory.Delete(folder["oci"], recursive: true);
        Assert.AreEqual(Expected, Text(cache, image));
    }

    [TestMethod]
    [DataRow("a byte of a file")]
    [DataRow("a byte of the list")]
    [DataRow("the end")]
    [DataRow("everything")]
    public void What_is_damaged_is_noticed_and_unpacked_again_with_a_line_in_the_log(string damage)
    {
        using var folder = new TemporaryFolder();
        var sink = new RecordingSink();
        SampleLayout image = Image(folder);
        var cache = new ImageCache(folder["cache"], long.MaxValue, sink);
        Text(cache, image);
        string file = Kept(folder).Single();
        byte[] content = File.ReadAllBytes(file);
        switch (damage)
        {
            case "a byte of a file":
                content[content.AsSpan().IndexOf("above"u8)] ^= 1;
                break;
            case "a byte of the list":
                content[content.AsSpan().IndexOf("/etc/link"u8)] ^= 1;
                break;
            case "the end":
                content = content[..^1];
                break;
            default:
                content = [];
                break;
        }

        File.WriteAllBytes(file, content);
        Assert.ThrowsExactly<DamagedSpoolException>(() => Text(cache, image));
        cache.Drop(image.Layers);
        Assert.AreEqual(Expected, Text(cache, image));
        Assert.Contains("is damaged, and is unpacked again", sink.Diagnostics.Single().Text);
    }

    [TestMethod]
    public void A_layer_that_is_not_what_it_is_called_is_refused_and_not_kept()
    {
        using var folder = new TemporaryFolder();
        SampleLayout image = Image(folder, MediaTypes.Layer);
        string blob = image.Layout.BlobPath(image.Layers[0].Digest);
        byte[] content = File.ReadAllBytes(blob);
        content[content.AsSpan().IndexOf("one"u8)] = (byte)'O';
        File.WriteAllBytes(blob, content);
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Text(new ImageCache(folder["cache"], long.MaxValue), image));
        Assert.AreEqual(DiagnosticCodes.LayoutDamaged, e.Code);
        Assert.IsEmpty(Kept(folder));
    }

    [TestMethod]
    public void It_shares_the_room_with_compressed_layers_and_the_oldest_goes_first()
    {
        using var folder = new TemporaryFolder();
        string layer = folder.Write("cache/layers/blobs/sha256/old", new string('x', 100_000));
        File.SetLastWriteTimeUtc(layer, DateTime.UtcNow.AddDays(-2));
        SampleLayout image = Image(folder);
        var cache = new ImageCache(folder["cache"], 50_000);
        Text(cache, image);
        Assert.IsFalse(File.Exists(layer));
        string first = Kept(folder).Single();
        File.SetLastWriteTimeUtc(first, DateTime.UtcNow.AddDays(-1));

        // Used, and no longer the oldest.
        Text(cache, image);
        Assert.IsGreaterThan(DateTime.UtcNow.AddHours(-1), File.GetLastWriteTimeUtc(first));
    }

    [TestMethod]
    public void An_image_that_is_too_large_is_read_all_the_same_and_not_kept()
    {
        using var folder = new TemporaryFolder();
        SampleLayout image = Image(folder).Layer(tar => tar.Text("opt/large", new string('x', 100_000)));
        Assert.Contains("/opt/large xxx", Text(new ImageCache(folder["cache"], 50_000), image));
        Assert.IsEmpty(Kept(folder));

        // Its layers alone say so.
        using SpooledFileSystem? none = new ImageCache(folder["cache"], 10).Open(image.Layout, image.Layers, TestContext.CancellationToken);
        Assert.IsNull(none);
    }

    [TestMethod]
    public void A_cache_that_cannot_be_written_is_warned_of()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cache", "a file in its place");
        var sink = new RecordingSink();
        SampleLayout image = Image(folder);
        using SpooledFileSystem? none =
            new ImageCache(folder["cache"], long.MaxValue, sink).Open(image.Layout, image.Layers, TestContext.CancellationToken);
        Assert.IsNull(none);
        Assert.AreEqual(DiagnosticCodes.CacheNotWritable, sink.Codes.Single());
    }

    [TestMethod]
    public async Task Many_builds_share_one_that_is_always_too_small()
    {
        using var folder = new TemporaryFolder();
        SampleLayout[] images = [.. Enumerable.Range(0, 3).Select(i =>
            new SampleLayout(folder).Layer(tar => tar.Text("which", $"{i} " + new string('x', 20_000))))];
        await Parallel.ForAsync(0, 60, TestContext.CancellationToken, (i, _) =>
        {
            var sink = new RecordingSink();
            Assert.StartsWith($"/which {i % 3} xxx", Text(new ImageCache(folder["cache"], 50_000, sink), images[i % 3]));
            Assert.IsEmpty(sink.Diagnostics);
            return ValueTask.CompletedTask;
        });
    }

    private static SampleLayout Image(TemporaryFolder folder, string mediaType = MediaTypes.LayerGzip) => new SampleLayout(folder)
        .Layer(
            tar =>
            {
                tar.Text("etc/kept", "one");
                tar.Text("etc/removed", "two");
                tar.Text("etc/replaced", "three");
                tar.Link(TarEntryType.HardLink, "etc/twin", "etc/kept");
                tar.Link(TarEntryType.SymbolicLink, "etc/link", "kept");
                tar.Text("opt/old", "old");
            },
            mediaType)
        .Layer(
            tar =>
            {
                tar.Text("etc/.wh.removed", "");
                tar.Text("etc/replaced", "above");
                tar.Text("opt/.wh..wh..opq", "");
                tar.Text("opt/alone", "new");
            },
            mediaType);

    private string Text(ImageCache cache, SampleLayout image)
    {
        using SpooledFileSystem files = cache.Open(image.Layout, image.Layers, TestContext.CancellationToken)!;
        return string.Join('\n', All(files, "").Select(e => $"{e.Path} {What(files, e)}"));
    }

    private static IEnumerable<ImageEntry> All(SpooledFileSystem files, string folder) => files.List(folder + "/")
        .SelectMany(e => e.Kind == ImageEntryKind.Folder ? [e, .. All(files, e.Path)] : new[] { e });

    private static string What(SpooledFileSystem files, ImageEntry entry) => entry.Kind switch
    {
        ImageEntryKind.Folder => "F",
        ImageEntryKind.Link => "-> " + entry.LinkTarget,
        _ => Encoding.UTF8.GetString(files.Read(entry.Path)!),
    };

    private static string[] Kept(TemporaryFolder folder) =>
        Directory.Exists(folder["cache/images"]) ? Directory.GetFiles(folder["cache/images"]) : [];
}
