using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Oci;

[TestClass]
public sealed class LayerCacheTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(LayerCompression.Best)]
    [DataRow(LayerCompression.Fast)]
    [DataRow(LayerCompression.FastZstd)]
    public void A_layer_comes_out_as_it_went_in(LayerCompression compression)
    {
        using var folder = new TemporaryFolder();
        LayerPlan plan = Plan(folder, "a") with { Compression = compression };
        WrittenLayer first = Write(folder, plan, "one");
        DateTime longAgo = Age(Blobs(folder).Single());
        WrittenLayer second = Write(folder, plan, "two");
        Assert.AreEqual(first, second);
        Assert.AreEqual(first, Write(folder, plan, "three", maxBytes: 0));
        Assert.AreEqual(first.Descriptor.Digest, Digest.Of(File.ReadAllBytes(new ImageLayout(folder["two"]).BlobPath(second.Descriptor.Digest))));
        Assert.IsGreaterThan(longAgo, File.GetLastWriteTimeUtc(Blobs(folder).Single()), "A layer that is used is no longer the oldest.");
    }

    [TestMethod]
    public void Nothing_is_compressed_that_is_there()
    {
        using var folder = new TemporaryFolder();
        LayerPlan plan = Plan(folder, "a");
        WrittenLayer first = Write(folder, plan, "one");

        // Only the cache can still say what it was: another compression would give other bytes.
        byte[] other = [1, 2, 3];
        string entry = Entries(folder).Single();
        using (FileStream target = File.Create(folder["taken"]))
        {
            Assert.AreEqual(first, new LayerCache(folder["cache"], long.MaxValue).Copy(first.DiffId, plan.Compression, target, TestContext.CancellationToken));
        }

        Assert.AreEqual(first.Descriptor.Digest, Digest.Of(File.ReadAllBytes(folder["taken"])));
        File.WriteAllBytes(entry, other);
        using FileStream again = File.Create(folder["again"]);
        Assert.IsNull(new LayerCache(folder["cache"], long.MaxValue).Copy(first.DiffId, plan.Compression, again, TestContext.CancellationToken));
    }

    [TestMethod]
    public void Another_compression_is_another_layer()
    {
        using var folder = new TemporaryFolder();
        LayerPlan plan = Plan(folder, "a");
        WrittenLayer best = Write(folder, plan, "one");
        WrittenLayer zstd = Write(folder, plan with { Compression = LayerCompression.FastZstd }, "one");
        Assert.AreEqual(best.DiffId, zstd.DiffId);
        Assert.AreEqual(MediaTypes.LayerZstd, zstd.Descriptor.MediaType);
        Assert.AreEqual(MediaTypes.LayerGzip, best.Descriptor.MediaType);
        Assert.AreEqual(2, Entries(folder).Length);
    }

    [TestMethod]
    [DataRow("one byte of the layer")]
    [DataRow("the end of the layer")]
    [DataRow("the whole layer")]
    [DataRow("one byte of the entry")]
    [DataRow("the end of the entry")]
    [DataRow("another layer's digest in the entry")]
    public void A_damaged_entry_is_rebuilt_with_a_line_in_the_log(string damage)
    {
        using var folder = new TemporaryFolder();
        LayerPlan plan = Plan(folder, "a");
        WrittenLayer first = Write(folder, plan, "one");
        string blob = Blobs(folder).Single();
        string entry = Entries(folder).Single();
        byte[] layer = File.ReadAllBytes(blob);
        string line = File.ReadAllText(entry);
        switch (damage)
        {
            case "one byte of the layer":
                layer[layer.Length / 2] ^= 1;
                File.WriteAllBytes(blob, layer);
                break;
            case "the end of the layer":
                File.WriteAllBytes(blob, layer[..^1]);
                break;
            case "the whole layer":
                File.Delete(blob);
                break;
            case "one byte of the entry":
                File.WriteAllText(entry, line.Replace(' ', '_'));
                break;
            case "the end of the entry":
                File.WriteAllText(entry, line[..40]);
                break;
            default:
                WrittenLayer other = Write(folder, Plan(folder, "b"), "one");
                File.WriteAllText(entry, line
                    .Replace(first.Descriptor.Digest.ToString(), other.Descriptor.Digest.ToString(), StringComparison.Ordinal)
                    .Replace($" {first.Descriptor.Size} ", $" {other.Descriptor.Size} ", StringComparison.Ordinal));
                break;
        }

        var sink = new RecordingSink();
        Assert.AreEqual(first, Write(folder, plan, "two", sink: sink));
        Assert.Contains("compressed again", sink.Diagnostics.Single().Text);
        Assert.AreEqual(first.Descriptor.Digest, Digest.Of(File.ReadAllBytes(blob)));

        // And it is whole again.
        sink = new RecordingSink();
        Write(folder, plan, "three", sink: sink);
        Assert.IsEmpty(sink.Diagnostics);
    }

    [TestMethod]
    public void What_was_not_used_for_the_longest_time_goes_first()
    {
        using var folder = new TemporaryFolder();
        LayerPlan[] plans = [.. Enumerable.Range(0, 4).Select(i => Plan(folder, $"{i}"))];
        WrittenLayer[] written = [.. plans.Take(3).Select(p => Write(folder, p, "one"))];
        for (int i = 0; i < 3; i++)
        {
            File.SetLastWriteTimeUtc(BlobOf(folder, written[i]), DateTime.UtcNow.AddDays(i - 10));
        }

        // The oldest is used, and so the second oldest is the one to go.
        Write(folder, plans[0], "one");
        long room = written.Sum(w => w.Descriptor.Size) + 1000;
        WrittenLayer last = Write(folder, plans[3], "one", maxBytes: room);
        Assert.IsTrue(File.Exists(BlobOf(folder, written[0])));
        Assert.IsFalse(File.Exists(BlobOf(folder, written[1])));
        Assert.IsTrue(File.Exists(BlobOf(folder, written[2])));
        Assert.IsTrue(File.Exists(BlobOf(folder, last)));
        Assert.AreEqual(3, Entries(folder).Length);
        Assert.IsLessThanOrEqualTo(room, Blobs(folder).Sum(b => new FileInfo(b).Length));
    }

    [TestMethod]
    public void What_does_not_fit_is_not_kept_and_what_killed_builds_left_goes()
    {
        using var folder = new TemporaryFolder();
        Write(folder, Plan(folder, "a"), "one", maxBytes: 1000);
        Assert.IsFalse(Directory.Exists(folder["cache"]));

        string old = folder.Write("cache/layers/blobs/sha256/x.1.tmp", "half");
        string young = folder.Write("cache/layers/entries/y.2.tmp", "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        Write(folder, Plan(folder, "a"), "one");
        Assert.IsFalse(File.Exists(old));
        Assert.IsTrue(File.Exists(young), "It may be of a build that is still at work.");
    }

    [TestMethod]
    public void A_cache_that_cannot_be_written_is_warned_of_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cache", "a file in its place");
        var sink = new RecordingSink();
        var cache = new LayerCache(folder["cache"], long.MaxValue, sink);
        var writer = new ImageLayoutWriter(folder["one"], sink, cache);
        writer.WriteLayer(Plan(folder, "a"), TestContext.CancellationToken);
        writer.WriteLayer(Plan(folder, "b"), TestContext.CancellationToken);
        Assert.AreEqual(DiagnosticCodes.CacheNotWritable, sink.Codes.Single());
        Assert.AreEqual(DiagnosticSeverity.Warning, sink.Diagnostics.Single().Severity);
    }

    [TestMethod]
    public async Task Many_builds_share_one_cache_that_is_always_too_small()
    {
        using var folder = new TemporaryFolder();
        LayerPlan[] plans = [.. Enumerable.Range(0, 5).Select(i => Plan(folder, $"{i}"))];
        WrittenLayer[] expected = [.. plans.Select(p => Write(folder, p, "one"))];
        long room = expected.Take(2).Sum(w => w.Descriptor.Size) + 1000;
        await Parallel.ForAsync(0, 60, TestContext.CancellationToken, (i, _) =>
        {
            var sink = new RecordingSink();
            WrittenLayer layer = Write(folder, plans[i % 5], $"build{i}", room, sink);
            Assert.AreEqual(expected[i % 5], layer);
            Assert.AreEqual(
                layer.Descriptor.Digest, Digest.Of(File.ReadAllBytes(new ImageLayout(folder[$"build{i}"]).BlobPath(layer.Descriptor.Digest))));
            Assert.DoesNotContain(DiagnosticCodes.CacheNotWritable, sink.Codes);
            return ValueTask.CompletedTask;
        });
    }

    [TestMethod]
    public void It_is_in_the_folder_for_caches()
    {
        Assert.AreEqual("/caches/edgeslim", LayerCache.DefaultFolder(n => n == "XDG_CACHE_HOME" ? "/caches" : null));
        Assert.EndsWith("/.cache/edgeslim", LayerCache.DefaultFolder(n => n == "XDG_CACHE_HOME" ? "relative" : null));
    }

    private WrittenLayer Write(
        TemporaryFolder folder, LayerPlan plan, string layout, long maxBytes = long.MaxValue, RecordingSink? sink = null) =>
        new ImageLayoutWriter(folder[layout], sink, maxBytes == 0 ? null : new LayerCache(folder["cache"], maxBytes, sink))
            .WriteLayer(plan, TestContext.CancellationToken);

    // Too large to be passed over, and with little to compress.
    private static LayerPlan Plan(TemporaryFolder folder, string name)
    {
        byte[] content = new byte[LayerCache.LeastBytes];
        new Random(name[0]).NextBytes(content.AsSpan(0, 20_000));
        string file = folder.Write(name + ".bin", "");
        File.WriteAllBytes(file, content);
        return new LayerPlan
        {
            Name = name,
            Time = DateTimeOffset.UnixEpoch,
            Entries = [new() { Path = name, Mode = LayerEntry.FileMode, Source = file, Size = content.Length }],
        };
    }

    private static string BlobOf(TemporaryFolder folder, WrittenLayer layer) =>
        new ImageLayout(folder["cache/layers"]).BlobPath(layer.Descriptor.Digest);

    private static string[] Blobs(TemporaryFolder folder) => Directory.GetFiles(folder["cache/layers/blobs/sha256"]);

    private static string[] Entries(TemporaryFolder folder) => Directory.GetFiles(folder["cache/layers/entries"]);

    private static DateTime Age(string file)
    {
        DateTime longAgo = DateTime.UtcNow.AddDays(-3);
        File.SetLastWriteTimeUtc(file, longAgo);
        return longAgo;
    }
}
