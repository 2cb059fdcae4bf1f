using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class ModeAdviceTests
{
    [TestMethod]
    [DataRow("aot", "", null)]
    [DataRow("aot", "IL3050", "trimmed")]
    [DataRow("AOT", "IL3057 IL3050", "trimmed")]
    [DataRow("aot", "IL2026", "selfcontained")]
    [DataRow("aot", "IL3000", "selfcontained")]
    [DataRow("aot", "IL3050 IL2075", "selfcontained")]
    [DataRow("trimmed", "IL3050", null)]
    [DataRow("trimmed", "IL3050 IL2026", "selfcontained")]
    [DataRow("selfcontained", "IL2026 IL3050", null)]
    [DataRow("framework", "IL2026 IL3050", null)]
    public void The_smallest_mode_that_takes_the_code_is_named(string mode, string codes, string? next)
    {
        ModeAdvice advice = ModeAdvice.Of(Warnings(codes), mode, isWeb: false);
        Assert.AreEqual(next, advice.NextMode);
        Assert.AreEqual(next is null, advice.AddedBytes is null);
        Assert.AreEqual(next is null, advice.WarningCount == 0);
    }

    [TestMethod]
    public void Only_what_matters_in_the_mode_is_counted_and_ten_are_kept()
    {
        ModeAdvice advice = ModeAdvice.Of(Warnings(string.Join(' ', Enumerable.Repeat("IL3050 IL2026", 12))), "trimmed", isWeb: false);
        Assert.AreEqual(12, advice.WarningCount);
        Assert.AreEqual("IL2026", string.Join(' ', advice.Warnings.Select(w => w.Code).Distinct()));
        Assert.HasCount(10, advice.Warnings);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_larger_mode_costs_more(bool isWeb)
    {
        long toTrimmed = ModeAdvice.Of(Warnings("IL3050"), "aot", isWeb).AddedBytes!.Value;
        long toWhole = ModeAdvice.Of(Warnings("IL2026"), "aot", isWeb).AddedBytes!.Value;
        long between = ModeAdvice.Of(Warnings("IL2026"), "trimmed", isWeb).AddedBytes!.Value;
        Assert.IsGreaterThan(1_000_000, toTrimmed);
        Assert.AreEqual(toWhole, toTrimmed + between);
        Assert.IsGreaterThan(toTrimmed, toWhole);
    }

    private static AnalysisWarning[] Warnings(string codes) =>
        [.. codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => new AnalysisWarning(c, "text", "Program.cs", 1))];
}
