using System.IO.Compression;
using EdgeSlim.Oci.Deflate;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Oci.Deflate;

[TestClass]
public sealed class GzipEncoderStreamTests
{
    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<string> Names => GzipInputs.All.Keys;

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_framework_reads_back_what_was_written(string name)
    {
        byte[] input = GzipInputs.All[name];
        Assert.IsTrue(GzipInputs.Decompress(GzipInputs.Compressed(name)).AsSpan().SequenceEqual(input));
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Nothing_becomes_larger_than_it_would_be_when_stored(string name)
    {
        byte[] input = GzipInputs.All[name];
        int pieces = (input.Length / 65535) + 2;
        Assert.IsLessThanOrEqualTo(18 + input.Length + (6 * pieces), GzipInputs.Compressed(name).Length);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void The_size_of_the_writes_is_not_seen_in_the_bytes(string name)
    {
        byte[] input = GzipInputs.All[name];
        byte[] whole = GzipInputs.Compressed(name);
        foreach (int slice in input.Length < 100_000 ? new[] { 1, 4093 } : [4093])
        {
            Assert.IsTrue(GzipInputs.Compress(input, slice).AsSpan().SequenceEqual(whole), $"in slices of {slice}");
        }
    }

    [TestMethod]
    [DataRow("gzip")]
    [DataRow("libdeflate-gzip")]
    public async Task Other_programs_read_it(string program)
    {
        if (new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? "").Find(program) is null)
        {
            Assert.Inconclusive($"{program} is not installed.");
        }

        using var folder = new TemporaryFolder();
        string[] files = [.. GzipInputs.All.Values.Select((_, i) => folder[$"{i}.gz"])];
        foreach ((string file, string name) in files.Zip(Names))
        {
            await File.WriteAllBytesAsync(file, GzipInputs.Compressed(name), TestContext.CancellationToken);
        }

        // Each reader holds the checksum and the length of the file against what it decompressed.
        await Programs.RunAsync(program, ["-d", .. files]);
        foreach ((string file, byte[] input) in files.Zip(GzipInputs.All.Values))
        {
            byte[] output = await File.ReadAllBytesAsync(Path.ChangeExtension(file, null), TestContext.CancellationToken);
            Assert.IsTrue(output.AsSpan().SequenceEqual(input), file);
        }
    }

    [TestMethod]
    public void An_executable_becomes_smaller_than_with_the_framework()
    {
        byte[] input = File.ReadAllBytes(Programs.Find("bash"));
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(input);
        }

        byte[] file = GzipInputs.Compress(input);
        Assert.IsLessThan(output.Length * 97 / 100, file.Length);
        Assert.IsTrue(GzipInputs.Decompress(file).AsSpan().SequenceEqual(input));
    }

    [TestMethod]
    public void A_chunk_looks_back_into_the_one_before_it()
    {
        byte[] random = GzipInputs.Random(1, 40_000);
        byte[] file = GzipInputs.Compress([.. random, .. random[^30_000..]], chunk: random.Length);
        Assert.IsLessThan(random.Length + 1000, file.Length);
    }

    [TestMethod]
    public void Two_runs_at_once_give_the_same_bytes()
    {
        byte[] input = [.. GzipInputs.All.Values.Where(b => b.Length < 70_000).SelectMany(b => b)];
        byte[][] files = new byte[3][];
        Parallel.For(0, files.Length, i => files[i] = GzipInputs.Compress(input, chunk: 20_000));
        Assert.IsTrue(files.All(f => f.AsSpan().SequenceEqual(files[0])));
    }

    [TestMethod]
    public void The_header_says_nothing_of_the_machine() =>
        Assert.AreEqual("1F8B08000000000002FF", Convert.ToHexString(GzipInputs.Compress([]), 0, 10));

    [TestMethod]
    public void A_cancelled_file_has_no_end()
    {
        using var cancellation = new CancellationTokenSource();
        using var output = new MemoryStream();
        using (var gzip = new GzipEncoderStream(output, leaveOpen: true, cancellation.Token))
        {
            gzip.Write(new byte[100]);
            cancellation.Cancel();
        }

        Assert.AreEqual(10, output.Length);
    }

    [TestMethod]
    public void A_stream_that_takes_no_more_is_not_written_to_again()
    {
        using var full = new FullStream(20_000);
        using (var gzip = new GzipEncoderStream(full, leaveOpen: true, CancellationToken.None, chunkSize: 5000))
        {
            byte[] input = GzipInputs.Random(1, 100_000);
            Assert.ThrowsExactly<IOException>(() => gzip.Write(input));
        }

        Assert.AreEqual(1, full.Refused);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_inner_stream_stays_open_where_it_is_asked_for(bool leaveOpen)
    {
        using var inner = new MemoryStream();
        using (var gzip = new GzipEncoderStream(inner, leaveOpen, CancellationToken.None))
        {
            gzip.Flush();
            gzip.Dispose();
            Assert.ThrowsExactly<ObjectDisposedException>(() => gzip.WriteByte(1));
        }

        Assert.AreEqual(leaveOpen, inner.CanWrite);
    }

    private sealed class FullStream(int room) : MemoryStream
    {
        public int Refused { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > room)
            {
                Refused++;
                throw new IOException("No space left on device");
            }

            base.Write(buffer.ToArray(), 0, buffer.Length);
        }
    }
}
