using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeSlim.Reporting.Pages;

/// <summary>Writes the report as a page: one file, which asks for nothing else.</summary>
public static class HtmlPage
{
    // A page below 1 MB, whatever it is of.
    private const int MaxBytes = 980_000;
    private const string Mark = "/*DATA*/null";

    private static readonly int[] PartCounts = [9_000, 6_000, 4_000, 2_000, 1_000, 300];

    /// <summary>Writes it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="evidence">What else it shows.</param>
    /// <returns>The file's content.</returns>
    public static byte[] Write(ImageReport report, PageEvidence evidence)
    {
        string template = Template();
        byte[] page = [];
        foreach (int parts in PartCounts)
        {
            page = Encoding.UTF8.GetBytes(Fill(template, report, evidence, parts));
            if (page.Length <= MaxBytes)
            {
                break;
            }
        }

        return page;
    }

    private static string Fill(string template, ImageReport report, PageEvidence evidence, int parts)
    {
        JsonObject data = new()
        {
            ["report"] = JsonSerializer.SerializeToNode(
                report with { Map = FoldedMap.Fold(report.Map, parts) }, ReportJson.Documents.ImageReport),
            ["evidence"] = evidence.ToJson(),
        };

        // The default encoder escapes what means something in HTML: '<' is \u003C, so that nothing ends the script.
        return template.Replace(Mark, data.ToJsonString(), StringComparison.Ordinal);
    }

    private static string Template()
    {
        using Stream resource = typeof(HtmlPage).Assembly.GetManifestResourceStream("EdgeSlim.Reporting.Pages.report.html")
            ?? throw new InvalidOperationException("The template of the report is not in the assembly.");
        using StreamReader reader = new(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
