using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The report of the sample, as data and in a real browser.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ReportTests
{
    private static PublishedProject _project = null!;

    private static PublishedReport Report => new(_project.EdgeFolder, _project.Binary);

    private static string Pictures => Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts/screenshots")).FullName;

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        _project = new PublishedProject(Apps.Hello);
        _project.Commit();
        _project.EdgeImage().Succeeds();
    }

    [ClassCleanup]
    public static void Remove() => _project.Dispose();

    [TestMethod]
    public void Every_byte_of_the_executable_has_a_name()
    {
        Report.IsExact();
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(_project.EdgeFolder, "facts.json")));
        Assert.AreEqual(
            facts.RootElement.GetProperty("image").GetProperty("uncompressedBytes").GetInt64(),
            Report.Root.GetProperty("map").GetProperty("bytes").GetInt64());

        Dictionary<string, long> parts = Report.Parts.ToDictionary(p => p.Name, p => p.Bytes);
        Assert.IsGreaterThan(800_000, parts["C library"]);
        Assert.IsGreaterThan(300_000, parts[".NET runtime and garbage collector"]);
        Assert.IsGreaterThan(300_000, parts[".NET libraries"]);
        Assert.IsGreaterThan(100, parts["Your code"]);
        Assert.DoesNotContain("Sections", parts.Keys);
        Assert.Contains("### The largest parts", File.ReadAllText(Path.Combine(_project.EdgeFolder, "report.md")));
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    [DataRow(1280, true)]
    [DataRow(400, false)]
    public async Task The_page_shows_it_in_a_browser(int width, bool isDark)
    {
        await using Browser browser = await Browser.OpenAsync(Report.Page, width, 900, isDark);

        Assert.AreEqual(Report.Root.GetProperty("map").GetProperty("bytes").GetInt64(), (await browser.EvaluateAsync("edgeReport.leaves()")).GetValue<long>());
        Assert.AreEqual(0, (await browser.EvaluateAsync("edgeReport.broken()")).GetValue<int>());
        Assert.AreEqual(1, (await browser.EvaluateAsync("edgeReport.area()")).GetValue<double>(), 1e-6);
        Assert.IsLessThan(1e-6, (await browser.EvaluateAsync("edgeReport.skew()")).GetValue<double>());
        // Nothing is wider than the page.
        Assert.AreEqual(width, (await browser.EvaluateAsync("document.documentElement.scrollWidth")).GetValue<int>());
        File.WriteAllBytes(Path.Combine(Pictures, $"report-{width}-{(isDark ? "dark" : "light")}.png"), await browser.ScreenshotAsync());
        Assert.IsEmpty(browser.Complaints, string.Join('\n', browser.Complaints));
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public async Task The_page_is_searched_and_zoomed_with_the_keyboard()
    {
        await using Browser browser = await Browser.OpenAsync(Report.Page, 1280, 900);
        async Task<string> Said(string what) => (await browser.EvaluateAsync($"String(edgeReport.{what}())")).GetValue<string>();

        Assert.AreEqual("HelloAgent", await Said("shown"));
        await browser.PressAsync("/");
        await browser.TypeAsync("TextWriter");
        Assert.IsGreaterThan(0, (await browser.EvaluateAsync("edgeReport.hits()")).GetValue<int>());
        await browser.PressAsync("Enter");
        Assert.Contains("TextWriter", await Said("chosen"));
        Assert.AreNotEqual("HelloAgent", await Said("shown"));
        Assert.Contains("TextWriter", (await browser.EvaluateAsync("document.getElementById('panel').textContent")).GetValue<string>());

        string before = await Said("shown");
        await browser.PressAsync("Backspace");
        Assert.AreEqual(before, await Said("chosen"));
        await browser.PressAsync("ArrowRight");
        await browser.PressAsync("ArrowDown");
        await browser.PressAsync("Enter");
        Assert.AreNotEqual(before, await Said("shown"));
        Assert.IsEmpty(browser.Complaints, string.Join('\n', browser.Complaints));
    }
}
