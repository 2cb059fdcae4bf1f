using System.IO.Compression;
using System.Text;
using EdgeSlim.Oci.Deflate;

namespace EdgeSlim.Tests.Oci.Deflate;

/// <summary>What the tests of the encoder compress, and how they read it back.</summary>
internal static class GzipInputs
{
    private const int Chunk = ChunkEncoder.UsualSize;

    /// <summary>Inputs at the borders of the format and of the encoder.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["nothing"] = [],
        ["one byte"] = [42],
        ["two bytes"] = "ab"u8.ToArray(),
        ["three equal bytes"] = "aaa"u8.ToArray(),
        ["four equal bytes"] = "aaaa"u8.ToArray(),
        ["two symbols"] = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("ab", 600))),
        ["259 zeros"] = new byte[259],
        ["zeros over several chunks"] = new byte[(2 * Chunk) + 300],
        ["every byte"] = [.. Enumerable.Range(0, 256).Select(i => (byte)i)],
        ["a sentence again and again"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Größe ist nicht alles. ", 9000))),
        ["numbers"] = Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Range(0, 30_000))),
        ["one byte less than a window of random bytes, twice"] = Twice(Random(1, (1 << 15) - 1)),
        ["a window of random bytes, twice"] = Twice(Random(2, 1 << 15)),
        ["one byte more than a window of random bytes, twice"] = Twice(Random(3, (1 << 15) + 1)),
        ["65535 random bytes"] = Random(4, 65535),
        ["65536 random bytes"] = Random(5, 65536),
        ["a chunk of random bytes and one more"] = Random(7, Chunk + 1),
        ["random bytes between zeros"] = [.. new byte[70_000], .. Random(8, 70_000), .. new byte[70_000]],
        ["very rare symbols"] = Fibonacci(),
    };

    private static readonly Dictionary<string, Lazy<byte[]>> Files =
        All.ToDictionary(p => p.Key, p => new Lazy<byte[]>(() => Compress(p.Value)));

    /// <summary>An input as it is compressed in one write.</summary>
    public static byte[] Compressed(string name) => Files[name].Value;

    public static byte[] Random(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static byte[] Compress(byte[] input, int slice = int.MaxValue, int chunk = Chunk)
    {
        using var output = new MemoryStream();
        using (var gzip = new GzipEncoderStream(output, leaveOpen: true, CancellationToken.None, chunk))
        {
            for (int at = 0; at < input.Length;)
            {
                int length = Math.Min(slice, input.Length - at);
                gzip.Write(input, at, length);
                at += length;
            }
        }

        return output.ToArray();
    }

    public static byte[] Decompress(byte[] file)
    {
        using var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var output = new MemoryStream();
        gzip.CopyTo(output);
        return output.ToArray();
    }

    private static byte[] Twice(byte[] bytes) => [.. bytes, .. bytes];

    // Each byte as often as the two before it together: the code without a limit would have one bit more for each.
    private static byte[] Fibonacci()
    {
        List<byte> bytes = [];
        (int count, int next) = (1, 1);
        for (int value = 0; value < 24; value++)
        {
            bytes.AddRange(Enumerable.Repeat((byte)value, count));
            (count, next) = (next, count + next);
        }

        byte[] shuffled = [.. bytes];
        new Random(9).Shuffle(shuffled);
        return shuffled;
    }
}
