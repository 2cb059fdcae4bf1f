using System.Globalization;

namespace EdgeSlim.Tests.Oci.Deflate;

[TestClass]
[TestCategory(TestKinds.Long)]
public sealed class GzipFuzzTests
{
    // Matches, stored blocks and the window end near these.
    private static readonly int[] Borders = [1, 3, 4, 257, 258, 259, 1024, 4096, 32767, 32768, 32769, 65535, 65536];

    [TestMethod]
    public void Whatever_is_compressed_comes_back()
    {
        bool all = Campaign.IsWhole;
        int first = Environment.TickCount;
        Parallel.For(0, all ? 100_000 : 2_000, i =>
        {
            int seed = unchecked(first + i);
            Random random = new(seed);

            // Most are small, since there are many; a few are longer than windows and stored blocks.
            byte[] input = Make(random, i % 200 == 0 ? 150_000 : 1_000);
            int chunk = random.Next(2) == 0 ? 1 << 19 : Math.Max(300, random.Next(input.Length));
            byte[] file;
            try
            {
                file = GzipInputs.Compress(input, random.Next(2) == 0 ? int.MaxValue : random.Next(1, 5000), chunk);
            }
            catch (Exception e)
            {
                throw new AssertFailedException(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {e}"));
            }

            Assert.IsTrue(GzipInputs.Decompress(file).AsSpan().SequenceEqual(input), $"Seed {seed}");
            Assert.IsLessThanOrEqualTo(18 + input.Length + (6 * ((input.Length / Math.Min(chunk, 65535)) + 2)), file.Length, $"Seed {seed}");
        });
    }

    private static byte[] Make(Random random, int most)
    {
        List<byte> bytes = [];
        int length = random.Next(most);
        while (bytes.Count < length)
        {
            int part = Math.Min(Borders[random.Next(Borders.Length)] + random.Next(-1, 2), length);
            switch (random.Next(4))
            {
                case 0:
                    byte[] noise = new byte[part];
                    random.NextBytes(noise);
                    bytes.AddRange(noise);
                    break;
                case 1:
                    bytes.AddRange(Enumerable.Repeat((byte)random.Next(256), part));
                    break;
                case 2:
                    int symbols = random.Next(1, 20);
                    bytes.AddRange(Enumerable.Range(0, part).Select(_ => (byte)random.Next(symbols)));
                    break;
                default:
                    Repeat(bytes, Borders[random.Next(Borders.Length)] + random.Next(-1, 2), part);
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Repeat(List<byte> bytes, int distance, int length)
    {
        if (distance >= 1 && distance <= bytes.Count)
        {
            for (int i = 0; i < length; i++)
            {
                bytes.Add(bytes[^distance]);
            }
        }
        else
        {
            bytes.Add(0);
        }
    }
}
