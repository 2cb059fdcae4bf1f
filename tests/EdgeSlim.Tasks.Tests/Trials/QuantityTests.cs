using EdgeSlim.Diagnostics;
using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Trials;

[TestClass]
public sealed class QuantityTests
{
    [TestMethod]
    [DataRow("100Mi", 104_857_600L)]
    [DataRow("100MiB", 104_857_600L)]
    [DataRow("100M", 100_000_000L)]
    [DataRow("100MB", 100_000_000L)]
    [DataRow("1.5Gi", 1_610_612_736L)]
    [DataRow("64k", 64_000L)]
    [DataRow("4096", 4_096L)]
    public void Memory_is_read_as_Kubernetes_and_people_write_it(string text, long bytes) =>
        Assert.AreEqual(bytes, Quantity.Memory("EdgeMemoryLimit", text));

    [TestMethod]
    [DataRow("500m", 500)]
    [DataRow("0.5", 500)]
    [DataRow("2", 2000)]
    [DataRow("0.125", 125)]
    public void Processors_are_read_in_thousandths(string text, int milli) =>
        Assert.AreEqual(milli, Quantity.MilliCpus("EdgeCpuLimit", text));

    [TestMethod]
    [DataRow("3s", 3000)]
    [DataRow("250ms", 250)]
    [DataRow("1m", 60_000)]
    [DataRow("0.5s", 500)]
    [DataRow("7", 7000)]
    public void Times_have_a_unit_or_that_of_the_property(string text, int milliseconds) =>
        Assert.AreEqual(milliseconds, Quantity.Duration("EdgeMaxStop", text, TimeSpan.FromSeconds(1)).TotalMilliseconds);

    [TestMethod]
    [DataRow("")]
    [DataRow("0")]
    [DataRow("-1")]
    [DataRow("+1")]
    [DataRow("1e3")]
    [DataRow("1,5")]
    [DataRow(" 1")]
    [DataRow("much")]
    [DataRow("0.0001")]
    [DataRow("99999999999999999999999999")]
    [DataRow("١")]
    public void What_is_no_amount_is_named_with_its_property(string text)
    {
        Action[] reads =
        [
            () => Quantity.MilliCpus("EdgeCpuLimit", text),
            () => Quantity.Memory("EdgeMemoryLimit", text == "0.0001" ? "0.0001" : text + "Mi"),
            () => Quantity.Duration("EdgeMaxStop", text == "0.0001" ? "" : text + "s", TimeSpan.FromSeconds(1)),
        ];
        foreach (Action read in reads)
        {
            EdgeException e = Assert.ThrowsExactly<EdgeException>(read);
            Assert.AreEqual(DiagnosticCodes.InvalidQuantity, e.Code);
            Assert.StartsWith("Edge", e.Message);
        }
    }
}
