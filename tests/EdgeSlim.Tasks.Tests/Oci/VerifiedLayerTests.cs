using System.IO.Compression;
using System.Text;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Oci;

[TestClass]
public sealed class VerifiedLayerTests
{
    private static readonly LayerPlan Plan = new()
    {
        Name = "test",
        Time = DateTimeOffset.UnixEpoch,
        Entries = [new() { Path = "a", Mode = LayerEntry.FileMode, Text = "content", Size = 7 }],
    };

    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<string> Broken => Encoders.Keys;

    private static Dictionary<string, LayerEncoder> Encoders { get; } = new()
    {
        ["no gzip at all"] = (output, _) => new Between(output, b => b),
        ["another content"] = (output, token) => new Between(Sound(output, token), b => (byte)(b ^ 1)),
        ["nothing"] = (output, _) => new Between(Stream.Null, b => b),
        ["a damaged file"] = (output, token) => Sound(new Between(output, b => (byte)(b == 8 ? 9 : b)), token),
    };

    [TestMethod]
    [DynamicData(nameof(Broken))]
    public void A_layer_that_does_not_come_back_is_compressed_by_the_next_encoder(string broken)
    {
        using var file = new MemoryStream();
        var sink = new RecordingSink();
        WrittenLayer layer = VerifiedLayer.Write(Plan, [Encoders[broken], Sound], file, sink, TestContext.CancellationToken);
        Assert.AreEqual(Digest.Of(file.ToArray()), layer.Descriptor.Digest);
        Assert.AreEqual(file.Length, layer.Descriptor.Size);
        Assert.Contains("'test'", sink.Diagnostics.Single().Text);
        using var gzip = new GZipStream(new MemoryStream(file.ToArray()), CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.ASCII);
        Assert.Contains("content", text.ReadToEnd());
    }

    [TestMethod]
    [DynamicData(nameof(Broken))]
    public void When_no_encoder_works_there_is_no_layer(string broken)
    {
        using var file = new MemoryStream();
        Assert.ThrowsExactly<InvalidOperationException>(() => VerifiedLayer.Write(
            Plan, [Encoders[broken], Encoders[broken]], file, null, TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow(LayerCompression.Best)]
    [DataRow(LayerCompression.Fast)]
    [DataRow(LayerCompression.Zstd)]
    [DataRow(LayerCompression.FastZstd)]
    public void The_encoders_of_the_product_need_no_second_try(LayerCompression compression)
    {
        using var file = new MemoryStream();
        var sink = new RecordingSink();
        VerifiedLayer.Write(Plan with { Compression = compression }, LayerEncoders.For(compression), file, sink, TestContext.CancellationToken);
        Assert.IsEmpty(sink.Diagnostics);
    }

    private static GZipStream Sound(Stream output, CancellationToken cancellationToken) =>
        new(output, CompressionLevel.Fastest, leaveOpen: true);

    /// <summary>Changes the bytes on their way.</summary>
    private sealed class Between(Stream inner, Func<byte, byte> change) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => inner.Write([.. buffer.ToArray().Select(change)]);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            if (inner is GZipStream)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
