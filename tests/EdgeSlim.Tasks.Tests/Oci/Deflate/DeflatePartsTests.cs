using EdgeSlim.Oci.Deflate;

namespace EdgeSlim.Tests.Oci.Deflate;

[TestClass]
public sealed class DeflatePartsTests
{
    [TestMethod]
    [DataRow(9)]
    [DataRow(1)]
    [DataRow(5)]
    public void The_checksum_is_that_of_RFC_1952(int slice)
    {
        var checksum = new Crc32();
        foreach (byte[] part in "123456789"u8.ToArray().Chunk(slice))
        {
            checksum.Append(part);
        }

        Assert.AreEqual(0xCBF4_3926, checksum.Value);
    }

    [TestMethod]
    public void Each_length_lies_within_the_range_of_its_symbol()
    {
        for (int length = DeflateFormat.MinMatch; length <= DeflateFormat.MaxMatch; length++)
        {
            int slot = DeflateFormat.LengthSlot(length);
            int extra = length - DeflateFormat.LengthBase[slot];
            Assert.IsTrue(extra >= 0 && extra < 1 << DeflateFormat.LengthExtraBits[slot], $"{length}");
        }

        Assert.AreEqual(28, DeflateFormat.LengthSlot(DeflateFormat.MaxMatch));
    }

    [TestMethod]
    public void Each_distance_lies_within_the_range_of_its_symbol()
    {
        for (int distance = 1; distance <= DeflateFormat.WindowSize; distance++)
        {
            int slot = DeflateFormat.DistanceSlot(distance);
            int extra = distance - DeflateFormat.DistanceBase[slot];
            Assert.IsTrue(extra >= 0 && extra < 1 << DeflateFormat.DistanceExtraBits[slot], $"{distance}");
        }
    }

    [TestMethod]
    public void A_step_holds_what_was_packed_into_it()
    {
        foreach (int length in new[] { 3, 4, 257, 258 })
        {
            foreach (int distance in new[] { 1, 2, 256, 257, 32767, 32768 })
            {
                Step step = new(Step.PackMatch(length, distance));
                Assert.AreEqual((length, distance, false), (step.Length, step.Distance, step.IsLiteral));
                Assert.AreEqual(DeflateFormat.DistanceSlot(distance), step.DistanceSlot);
            }
        }
    }

    [TestMethod]
    public void Logarithms_are_near_the_true_ones_and_never_fall()
    {
        for (int value = 1; value < 1 << 19; value += 1 + (value / 100))
        {
            Assert.AreEqual(Math.Log2(value) * FixedPoint.One, FixedPoint.Log2(value), 1.2);
            Assert.AreEqual(Math.Log2(value) * value * FixedPoint.One, FixedPoint.TimesLog2(value), 2 + (value * 0.15));
            Assert.IsGreaterThanOrEqualTo(FixedPoint.Log2(value), FixedPoint.Log2(value + 1));
        }

        Assert.AreEqual(0, FixedPoint.TimesLog2(0));
        Assert.AreEqual(19 * FixedPoint.One, FixedPoint.Log2(1 << 19));
    }
}
