using EdgeSlim.Oci.Deflate;

namespace EdgeSlim.Tests.Oci.Deflate;

[TestClass]
public sealed class HuffmanCodeTests
{
    [TestMethod]
    [DataRow(2, 15)]
    [DataRow(16, 15)]
    [DataRow(17, 15)]
    [DataRow(40, 15)]
    [DataRow(19, 7)]
    [DataRow(19, 5)]
    public void The_rarest_symbols_keep_within_the_limit(int symbols, int limit)
    {
        int[] fibonacci = [.. Fibonacci(symbols)];
        byte[] lengths = Build(fibonacci, limit);
        Assert.IsLessThanOrEqualTo(limit, lengths.Max());
        AssertWhole(lengths);
    }

    [TestMethod]
    public void Without_need_for_a_limit_no_code_is_shorter_in_all()
    {
        Random random = new(1);
        for (int i = 0; i < 200; i++)
        {
            int[] counts = [.. Enumerable.Range(0, random.Next(2, 60)).Select(_ => random.Next(1, 50))];
            byte[] lengths = Build(counts, 15);
            AssertWhole(lengths);
            Assert.AreEqual(LeastTotal(counts), counts.Zip(lengths, (c, l) => c * l).Sum());
        }
    }

    [TestMethod]
    public void Symbols_that_do_not_occur_have_no_code() =>
        Assert.AreEqual("0 1 0 1", string.Join(' ', Build([0, 7, 0, 3], 15)));

    [TestMethod]
    public void A_single_symbol_has_a_code_of_one_bit() =>
        Assert.AreEqual("0 1 0", string.Join(' ', Build([0, 7, 0], 15)));

    [TestMethod]
    public void The_codes_are_those_of_the_example_in_RFC_1951()
    {
        ushort[] codes = new ushort[8];
        HuffmanCode.AssignCodes([3, 3, 3, 3, 3, 2, 4, 4], codes);

        // 010 011 100 101 110 00 1110 1111, each turned round.
        CollectionAssert.AreEqual(new ushort[] { 0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111, 0b1111 }, codes);
    }

    private static byte[] Build(int[] counts, int limit)
    {
        byte[] lengths = new byte[counts.Length];
        HuffmanCode.BuildLengths(counts, limit, lengths);
        return lengths;
    }

    private static void AssertWhole(byte[] lengths) =>
        Assert.AreEqual(1 << 15, lengths.Where(l => l > 0).Sum(l => 1 << (15 - l)), "Kraft's sum");

    private static long LeastTotal(int[] counts)
    {
        PriorityQueue<long, long> queue = new(counts.Select(c => ((long)c, (long)c)));
        long total = 0;
        while (queue.Count > 1)
        {
            long pair = queue.Dequeue() + queue.Dequeue();
            total += pair;
            queue.Enqueue(pair, pair);
        }

        return total;
    }

    private static IEnumerable<int> Fibonacci(int count)
    {
        (int value, int next) = (1, 1);
        for (int i = 0; i < count; i++)
        {
            yield return value;
            (value, next) = (next, value + next);
        }
    }
}
