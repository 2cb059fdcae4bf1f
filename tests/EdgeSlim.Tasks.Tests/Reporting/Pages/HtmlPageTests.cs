using System.Text;
using System.Text.Json.Nodes;
using EdgeSlim.Reporting.Pages;

namespace EdgeSlim.Tests.Reporting.Pages;

[TestClass]
public sealed class HtmlPageTests
{
    private const int MaxBytes = 1_000_000;

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    [DataRow(12)]
    [DataRow(10_000)]
    [DataRow(60_000)]
    public void A_page_of_any_number_of_types_is_below_a_megabyte_and_its_sums_are_exact(int types)
    {
        EdgeSlim.Reporting.ImageReport report = ReportSample.Create(types);
        byte[] page = HtmlPage.Write(report, ReportSample.Evidence);

        Assert.IsLessThan(MaxBytes, page.Length);
        JsonNode map = Data(page)["report"]!["map"]!;
        Assert.AreEqual(report.Map.Bytes, map["bytes"]!.GetValue<long>());
        Exact(map);
    }

    [TestMethod]
    public void No_name_is_markup()
    {
        string page = Encoding.UTF8.GetString(HtmlPage.Write(ReportSample.Create(100), ReportSample.Evidence));
        string data = Between(page);

        Assert.DoesNotContain("<", data);
        Assert.DoesNotContain(">", data);
        Assert.DoesNotContain("&", data);
        Assert.HasCount(3, page.Split("<script"));
    }

    [TestMethod]
    public void The_page_asks_for_nothing_else()
    {
        string page = Encoding.UTF8.GetString(HtmlPage.Write(ReportSample.Create(1), ReportSample.Evidence));
        page = page.Replace(Between(page), "", StringComparison.Ordinal);

        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
        Assert.DoesNotContain(" src=", page);
        Assert.DoesNotContain("@import", page);
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public async Task A_page_of_hostile_names_works_in_a_browser()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "report.html");
        await File.WriteAllBytesAsync(file, HtmlPage.Write(ReportSample.Create(10_000), ReportSample.Evidence));
        await using Browser browser = await Browser.OpenAsync(file, 1280, 900);

        Assert.AreEqual(0, (await browser.EvaluateAsync("edgeReport.broken()")).GetValue<int>());
        Assert.AreEqual(
            (await browser.EvaluateAsync("edgeReport.total()")).GetValue<long>(),
            (await browser.EvaluateAsync("edgeReport.leaves()")).GetValue<long>());
        Assert.EndsWith(": where every byte went", (await browser.EvaluateAsync("document.title")).GetValue<string>());
        Assert.AreEqual(0, (await browser.EvaluateAsync("document.images.length")).GetValue<int>());
        Assert.AreEqual(2, (await browser.EvaluateAsync("document.scripts.length")).GetValue<int>());
        Assert.Contains("12", (await browser.EvaluateAsync("document.getElementById('slots').textContent")).GetValue<string>());
        Assert.IsEmpty(browser.Complaints);
    }

    private static JsonNode Data(byte[] page) => JsonNode.Parse(Between(Encoding.UTF8.GetString(page)))!;

    private static string Between(string page)
    {
        const string Start = "type=\"application/json\">";
        int start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)];
    }

    private static void Exact(JsonNode node)
    {
        if (node["children"] is not JsonArray children)
        {
            return;
        }

        Assert.AreEqual(node["bytes"]!.GetValue<long>(), children.Sum(c => c!["bytes"]!.GetValue<long>()));
        foreach (JsonNode? child in children)
        {
            Exact(child!);
        }
    }
}
