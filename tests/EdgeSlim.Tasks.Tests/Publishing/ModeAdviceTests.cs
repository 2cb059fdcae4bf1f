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
        ModeAdvice advice = ModeAdvice.Of(Warnings(codes), mode, Small);
        Assert.AreEqual(next, advice.NextMode);
        Assert.AreEqual(next is null, advice.AddedBytes is null);
        Assert.AreEqual(next is null, advice.WarningCount == 0);
    }

    [TestMethod]
    public void Only_what_matters_in_the_mode_is_counted_and_ten_are_kept()
    {
        ModeAdvice advice = ModeAdvice.Of(Warnings(string.Join(' ', Enumerable.Repeat("IL3050 IL2026", 12))), "trimmed", Small);
        Assert.AreEqual(12, advice.WarningCount);
        Assert.AreEqual("IL2026", string.Join(' ', advice.Warnings.Select(w => w.Code).Distinct()));
        Assert.HasCount(10, advice.Warnings);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_larger_mode_costs_more(bool isWeb)
    {
        ApplicationSizes sizes = Small with { IsWeb = isWeb };
        long toTrimmed = ModeAdvice.Of(Warnings("IL3050"), "aot", sizes).AddedBytes!.Value;
        ModeAdvice toWhole = ModeAdvice.Of(Warnings("IL2026"), "aot", sizes);
        Assert.IsGreaterThan(1_000_000, toTrimmed);
        Assert.IsGreaterThan(toTrimmed, toWhole.AddedBytes!.Value);
        Assert.AreEqual(sizes.ManagedBytes, toWhole.FrameworkOwnBytes);
        Assert.IsGreaterThan(20_000_000, toWhole.FrameworkBaseBytes!.Value);
        Assert.IsNull(ModeAdvice.Of(Warnings("IL3050"), "aot", sizes).FrameworkOwnBytes);
    }

    /// <summary>The applications of docs/properties.md, "What a mode costs".</summary>
    [TestMethod]
    [DataRow(944_000, 5_000, false, 8_000_000, 36_210_000)]
    [DataRow(2_430_000, 500_000, false, 8_500_000, 36_700_000)]
    [DataRow(3_760_000, 10_000, true, 9_470_000, 47_860_000)]
    public void What_a_mode_costs_is_near_what_was_measured(int executable, int managed, bool isWeb, int trimmed, int whole)
    {
        ApplicationSizes sizes = new(executable, managed, isWeb);
        IsNear(trimmed - executable, ModeAdvice.Of(Warnings("IL3050"), "aot", sizes).AddedBytes!.Value);
        IsNear(whole - executable, ModeAdvice.Of(Warnings("IL2026"), "aot", sizes).AddedBytes!.Value);
    }

    [TestMethod]
    public void The_application_itself_counts()
    {
        ApplicationSizes large = new(9_000_000, 4_000_000, IsWeb: false);
        Assert.IsGreaterThan(
            ModeAdvice.Of(Warnings("IL2026"), "trimmed", Small).AddedBytes!.Value,
            ModeAdvice.Of(Warnings("IL2026"), "trimmed", Small with { ManagedBytes = 4_000_000 }).AddedBytes!.Value);
        Assert.IsLessThan(
            ModeAdvice.Of(Warnings("IL2026"), "aot", Small with { ManagedBytes = 4_000_000 }).AddedBytes!.Value,
            ModeAdvice.Of(Warnings("IL2026"), "aot", large).AddedBytes!.Value);
    }

    private static ApplicationSizes Small => new(1_000_000, 10_000, IsWeb: false);

    private static void IsNear(long measured, long estimated) =>
        Assert.AreEqual(measured, estimated, measured * 0.05, $"{measured} was measured, {estimated} is said.");

    private static AnalysisWarning[] Warnings(string codes) =>
        [.. codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => new AnalysisWarning(c, "text", "Program.cs", 1))];
}
