using System.Text;
using System.Text.Json;

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
        string[] template = Template().Split(Mark);
        byte[] head = Encoding.UTF8.GetBytes(template[0]);
        byte[] foot = Encoding.UTF8.GetBytes(template[1]);
        byte[] page = [];
        foreach (int parts in PartCounts)
        {
            page = [.. head, .. Data(report with { Map = FoldedMap.Fold(report.Map, parts) }, evidence), .. foot];
            if (page.Length <= MaxBytes)
            {
                break;
            }
        }

        return page;
    }

    // The default encoder escapes what means something in HTML: '<' is \u003C, so that no name ends the script.
    private static byte[] Data(ImageReport report, PageEvidence evidence)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("report");
            JsonSerializer.Serialize(writer, report, ReportJson.Documents.ImageReport);
            writer.WritePropertyName("evidence");
            evidence.ToJson().WriteTo(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static string Template()
    {
        using Stream resource = typeof(HtmlPage).Assembly.GetManifestResourceStream("EdgeSlim.Reporting.Pages.report.html")
            ?? throw new InvalidOperationException("The template of the report is not in the assembly.");
        using StreamReader reader = new(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
