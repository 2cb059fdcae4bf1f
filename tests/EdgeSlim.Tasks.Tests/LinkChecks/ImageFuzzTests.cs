using System.Formats.Tar;
using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.LinkChecks;

[TestClass]
[TestCategory(TestKinds.Long)]
public sealed class ImageFuzzTests
{
    [TestMethod]
    public void Whatever_is_done_to_a_layer_the_outcome_is_a_result_or_a_coded_error()
    {
        using var folder = new TemporaryFolder();
        byte[] sound = Archive();
        bool all = Campaign.IsWhole;
        int first = Environment.TickCount;
        int refused = 0;
        for (int i = 0; i < (all ? 20_000 : 300); i++)
        {
            int seed = unchecked(first + i);
            Random random = new(seed);
            byte[] layer = [.. sound];
            for (int n = random.Next(1, 20); n > 0; n--)
            {
                // Most of it in the headers, whose fields are digits.
                int at = (random.Next(layer.Length / 512) * 512) + random.Next(300);
                layer[at] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)random.Next('0', '8');
                Seal(layer, at / 512 * 512);
            }

            try
            {
                new SampleLayout(folder).Blob(random.Next(4) == 0 ? layer[..random.Next(layer.Length)] : layer, MediaTypes.Layer).Check();
            }
            catch (EdgeException e) when (e.Code == DiagnosticCodes.LayoutDamaged)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {e}"));
            }
        }

        Assert.IsGreaterThan(10, refused);
    }

    private static byte[] Archive()
    {
        using MemoryStream archive = new();
        using (TarWriter tar = new(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "app"));
            tar.Text("app/agent", "#!/bin/sh\nexit 0\n", 0b111_101_101);
            tar.Text("app/broken.so", "\u007fELF\u0002\u0001\u0001" + new string('\u0001', 100));
            tar.Link(TarEntryType.SymbolicLink, "app/link", "../app/agent");
            tar.Link(TarEntryType.HardLink, "app/hard", "app/agent");
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, new string('n', 300)));
            tar.Text("etc/passwd", "root:x:0:0::/:\n");
            tar.Text("app/.wh.gone", "");
        }

        return archive.ToArray();
    }

    /// <summary>Makes the checksum of a header right, or all damage would end there.</summary>
    private static void Seal(byte[] archive, int at)
    {
        Span<byte> header = archive.AsSpan(at, 512);
        header[148..156].Fill((byte)' ');
        int sum = 0;
        foreach (byte value in header)
        {
            sum += value;
        }

        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
    }
}
