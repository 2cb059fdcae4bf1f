using EdgeSlim.Diagnostics;
using EdgeSlim.Reporting.Budgets;

namespace EdgeSlim.Tests.Reporting.Budgets;

[TestClass]
public sealed class SizeBudgetTests
{
    [TestMethod]
    [DataRow("900KB", 900_000L)]
    [DataRow("900 kb", 900_000L)]
    [DataRow("6MB", 6_000_000L)]
    [DataRow("6MiB", 6_291_456L)]
    [DataRow("1.5MB", 1_500_000L)]
    [DataRow("12345", 12_345L)]
    [DataRow("12345 B", 12_345L)]
    [DataRow("2GiB", 2_147_483_648L)]
    [DataRow("0", 0L)]
    public void Sizes_are_read_as_people_write_them(string text, long bytes) =>
        Assert.AreEqual(bytes, SizeBudget.Parse(text, "").MaxBytes);

    [TestMethod]
    [DataRow("six", "")]
    [DataRow("-6MB", "")]
    [DataRow("6 TB", "")]
    [DataRow("6,5MB", "")]
    [DataRow("MB", "")]
    [DataRow("5%", "")]
    [DataRow("99999999999999999999GB", "")]
    [DataRow("", "-5%")]
    [DataRow("", "%")]
    [DataRow("", "5 percent")]
    public void What_is_no_size_is_refused(string size, string growth)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => SizeBudget.Parse(size, growth));
        Assert.AreEqual(DiagnosticCodes.InvalidPropertyValue, e.Code);
        Assert.Contains(size.Length > 0 ? "EdgeMaxImageSize" : "EdgeMaxGrowth", e.Message);
    }

    [TestMethod]
    [DataRow("1000", "", 1_000, null, "")]
    [DataRow("1000", "", 1_001, null, "EDGE5004")]
    [DataRow("", "5%", 1_050, 1_000, "")]
    [DataRow("", "5%", 1_051, 1_000, "EDGE5005")]
    [DataRow("", "50", 1_050, 1_000, "")]
    [DataRow("", "50", 1_051, 1_000, "EDGE5005")]
    [DataRow("", "0", 900, 1_000, "")]
    [DataRow("", "0%", 1_001, 1_000, "EDGE5005")]
    [DataRow("1000", "10", 2_000, 1_000, "EDGE5004 EDGE5005")]
    [DataRow("", "5%", 2_000, null, "EDGE5006")]
    [DataRow("", "", 2_000, null, "")]
    public void An_image_is_held_against_its_budget(string size, string growth, int now, int? before, string codes)
    {
        RecordingSink sink = new();
        BudgetFigures figures = new()
        {
            CompressedBytes = now,
            ComparedBytes = before,
            ComparedWith = "agent:1.0",
            Largest = ["Foo 600 B", "Bar 300 B"],
            Grown = ["Foo 1.2 \u2192 1.3 +50 B"],
        };

        bool isClean = BudgetCheck.Report(SizeBudget.Parse(size, growth), figures, growth, "report.html", sink);

        Assert.AreEqual(codes, string.Join(' ', sink.Diagnostics.Select(d => d.Code)));
        Assert.AreEqual(codes.Length == 0, isClean);
        Assert.IsTrue(sink.Diagnostics.Where(d => d.Code == "EDGE5004").All(d => d.Text.Contains("Foo 600 B, Bar 300 B", StringComparison.Ordinal)));
        Assert.IsTrue(sink.Diagnostics.Where(d => d.Code == "EDGE5005").All(d => d.Text.Contains("Foo 1.2 \u2192 1.3", StringComparison.Ordinal)));
    }
}
