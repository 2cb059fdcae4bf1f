using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Oci;

[TestClass]
public sealed class LayerWriterTests
{
    private static readonly DateTimeOffset Time = new(2025, 6, 7, 1, 9, 10, TimeSpan.FromHours(2));

    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<string> Paths =>
    [
        "0",
        "größe/日本.txt",
        new string('a', 100),
        new string('a', 101),
        "a/" + new string('b', 99),
        "a/" + new string('b', 250) + "/" + new string('c', 250) + "/d",
        new string('ä', 50),
        new string('ä', 51),
        new string('語', 70) + "/" + new string('言', 80),
        "with space/and 'quotes' \"\\ and\nlines",
    ];

    [TestMethod]
    public void The_same_plan_gives_the_same_bytes_whenever_its_sources_were_written()
    {
        using var folder = new TemporaryFolder();
        LayerPlan plan = Plan([.. Paths.Select((path, i) => File(folder, path, $"content {i}")), Folder(new string('f', 300))]);
        byte[] first = Write(plan);
        foreach (LayerEntry entry in plan.Entries.Where(e => e.Source is not null))
        {
            System.IO.File.SetLastWriteTimeUtc(entry.Source!, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        }

        CollectionAssert.AreEqual(first, Write(plan));
    }

    [TestMethod]
    public void Digests_and_sizes_are_those_of_the_bytes()
    {
        using var output = new MemoryStream();
        WrittenLayer layer = LayerWriter.Write(Plan(Text("a", "content")), output, TestContext.CancellationToken);
        byte[] archive = Unzip(output.ToArray());
        Assert.AreEqual(Digest.Of(output.ToArray()), layer.Descriptor.Digest);
        Assert.AreEqual(output.Length, layer.Descriptor.Size);
        Assert.AreEqual(MediaTypes.LayerGzip, layer.Descriptor.MediaType);
        Assert.AreEqual(Digest.Of(archive), layer.DiffId);
        Assert.AreEqual(archive.Length, layer.UncompressedSize);
    }

    [TestMethod]
    public void The_compression_is_that_of_the_plan_and_the_archive_the_same()
    {
        using var folder = new TemporaryFolder();
        LayerPlan plan = Plan(File(folder, "a", string.Join(' ', Enumerable.Range(0, 10_000))));
        byte[] best = Write(plan);
        byte[] fast = Write(plan with { Compression = LayerCompression.Fast });
        Assert.IsLessThan(fast.Length, best.Length);
        CollectionAssert.AreEqual(Unzip(fast), Unzip(best));
    }

    [TestMethod]
    public void The_gzip_header_has_neither_a_name_nor_a_time()
    {
        byte[] layer = Write(Plan(Text("a", "content")));
        Assert.AreEqual("1F8B0800000000", Convert.ToHexString(layer, 0, 7));
    }

    [TestMethod]
    public void Every_header_is_one_that_holds_nothing_of_the_process_or_the_clock()
    {
        using var folder = new TemporaryFolder();
        byte[] archive = Unzip(Write(Plan([.. Paths.Select(path => File(folder, path, "x")), Folder(new string('f', 300))])));
        int headers = 0;
        foreach (int at in Headers(archive))
        {
            headers++;
            string type = Encoding.ASCII.GetString(archive, at + 156, 1);
            string magic = Encoding.ASCII.GetString(archive, at + 257, 8);
            Assert.Contains(type, "05L", "a header of PAX would hold the process id");
            Assert.IsTrue(magic is "ustar\000" or "ustar  \0", magic);
            if (magic == "ustar  \0")
            {
                // GNU's access and change times; ustar has the end of the name there.
                Assert.AreEqual("", Encoding.ASCII.GetString(archive, at + 345, 24).Trim('\0', ' ', '0'));
            }
        }

        Assert.IsGreaterThan(Paths.Count(), headers);
    }

    [TestMethod]
    public void A_name_that_ustar_can_hold_is_written_as_ustar()
    {
        byte[] archive = Unzip(Write(Plan(Text(new string('a', 100), "x"))));
        Assert.AreEqual("ustar\000", Encoding.ASCII.GetString(archive, 257, 8));
    }

    [TestMethod]
    public void Modes_owners_times_and_contents_are_read_back()
    {
        LayerPlan plan = Plan(
            Folder("home") with { Mode = 0b111_000_000, UserId = 65532, GroupId = 65533 },
            Text("home/text", "größe"),
            Folder("tmp") with { Mode = 0b001_111_111_111 },
            Text("tool", "#!") with { Mode = LayerEntry.ExecutableMode });
        using var reader = new TarReader(new MemoryStream(Unzip(Write(plan))));
        var seen = new List<string>();
        while (reader.GetNextEntry() is TarEntry entry)
        {
            using var text = new StreamReader(entry.DataStream ?? Stream.Null);
            seen.Add($"{entry.Name} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {text.ReadToEnd()}");
            Assert.AreEqual(Time, entry.ModificationTime);
        }

        Assert.AreEqual("home/ 700 65532:65533 |home/text 644 0:0 größe|tmp/ 1777 0:0 |tool 755 0:0 #!", string.Join('|', seen));
    }

    [TestMethod]
    public void Names_of_any_length_and_language_are_read_back_by_the_framework()
    {
        using var reader = new TarReader(new MemoryStream(Unzip(Write(Plan([.. Paths.Select(path => Text(path, path))])))));
        foreach (string path in Paths)
        {
            TarEntry entry = reader.GetNextEntry()!;
            using var text = new StreamReader(entry.DataStream!);
            Assert.AreEqual(path, entry.Name);
            Assert.AreEqual(path, text.ReadToEnd());
        }
    }

    [TestMethod]
    public async Task Names_of_any_length_and_language_are_read_back_by_GNU_tar()
    {
        using var folder = new TemporaryFolder();
        string[] folders = [.. Paths.Where(p => p.Contains('/')).Select(p => p[..p.LastIndexOf('/')]).Append(new string('f', 200))];
        await System.IO.File.WriteAllBytesAsync(
            folder["layer.tar.gz"],
            Write(Plan([.. folders.SelectMany(Parents).Distinct().Select(Folder), .. Paths.Select(path => Text(path, path))])),
            TestContext.CancellationToken);
        Directory.CreateDirectory(folder["out"]);
        await Programs.RunAsync("tar", "-xzf", folder["layer.tar.gz"], "-C", folder["out"]);
        foreach (string path in Paths)
        {
            string text = await System.IO.File.ReadAllTextAsync(folder["out/" + path], TestContext.CancellationToken);
            Assert.AreEqual(path, text);
        }

        Assert.IsTrue(Directory.Exists(folder["out/" + new string('f', 200)]));
    }

    [TestMethod]
    [DataRow("longer than planned")]
    [DataRow("")]
    public void A_source_that_changed_its_size_is_refused(string now)
    {
        using var folder = new TemporaryFolder();
        LayerEntry entry = File(folder, "a", "as planned");
        System.IO.File.WriteAllText(entry.Source!, now);
        EdgeException e = Fails(Plan(entry));
        Assert.Contains($"from 10 to {now.Length} bytes", e.Message);
        Assert.Contains(entry.Source!, e.Message);
    }

    [TestMethod]
    public void A_source_that_is_gone_is_named()
    {
        using var folder = new TemporaryFolder();
        LayerEntry entry = File(folder, "a", "");
        System.IO.File.Delete(entry.Source!);
        Assert.Contains(entry.Source!, Fails(Plan(entry)).Message);
    }

    [TestMethod]
    public void A_file_that_is_too_large_for_ustar_does_not_hold_up_a_cancelled_run()
    {
        using var folder = new TemporaryFolder();
        using (FileStream sparse = System.IO.File.Create(folder["large"]))
        {
            sparse.SetLength(1L << 34);
        }

        using var cancellation = new CancellationTokenSource();
        var entry = new LayerEntry { Path = "large", Mode = 0, Source = folder["large"], Size = 1L << 34 };
        using var output = new CancellingStream(cancellation);
        Assert.ThrowsExactly<OperationCanceledException>(() => LayerWriter.Write(Plan(entry), output, cancellation.Token));
        Assert.IsLessThan(1 << 20, output.Length);
    }

    private static LayerPlan Plan(params LayerEntry[] entries) => new() { Name = "test", Time = Time, Entries = entries };

    private static LayerEntry Folder(string path) => new() { Path = path, IsFolder = true, Mode = LayerEntry.ExecutableMode };

    private static LayerEntry Text(string path, string text) =>
        new() { Path = path, Mode = LayerEntry.FileMode, Text = text, Size = Encoding.UTF8.GetByteCount(text) };

    private static LayerEntry File(TemporaryFolder folder, string path, string content) => new()
    {
        Path = path,
        Mode = LayerEntry.FileMode,
        Source = folder.Write("source/" + Digest.Of(Encoding.UTF8.GetBytes(path)).Hex, content),
        Size = Encoding.UTF8.GetByteCount(content),
    };

    private static IEnumerable<string> Parents(string path) =>
        path.Select((c, i) => (c, i)).Where(p => p.c == '/').Select(p => path[..p.i]).Append(path);

    private byte[] Write(LayerPlan plan)
    {
        using var output = new MemoryStream();
        LayerWriter.Write(plan, output, TestContext.CancellationToken);
        return output.ToArray();
    }

    private EdgeException Fails(LayerPlan plan)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Write(plan));
        Assert.AreEqual(DiagnosticCodes.PayloadFileMissing, e.Code);
        return e;
    }

    private static byte[] Unzip(byte[] layer)
    {
        using var gzip = new GZipStream(new MemoryStream(layer), CompressionMode.Decompress);
        using var archive = new MemoryStream();
        gzip.CopyTo(archive);
        return archive.ToArray();
    }

    private static IEnumerable<int> Headers(byte[] archive)
    {
        for (int at = 0; archive[at] != 0;)
        {
            yield return at;
            int size = Convert.ToInt32(Encoding.ASCII.GetString(archive, at + 124, 11), 8);
            at += 512 + ((size + 511) / 512 * 512);
        }
    }

    /// <summary>Cancels as soon as something arrives.</summary>
    private sealed class CancellingStream(CancellationTokenSource cancellation) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            cancellation.Cancel();
            base.Write(buffer, offset, count);
        }
    }
}
