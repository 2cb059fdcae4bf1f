using System.Text.Json;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Reporting.Comparison;

/// <summary>
/// The reports of the last two commits that an image was made of. A changed work tree is compared with the last of them, and
/// a new commit with the one before it.
/// </summary>
/// <param name="folder">Where they are kept.</param>
public sealed class KeptReports(string folder)
{
    private string Last => Path.Combine(folder, "last.json");

    private string BeforeLast => Path.Combine(folder, "before-last.json");

    /// <summary>Reads a report that the user names.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The report.</returns>
    /// <exception cref="EdgeException">It is none (EDGE5003).</exception>
    public static ImageReport ReadNamed(string path)
    {
        try
        {
            ImageReport report = Read(path) ?? throw new JsonException("it is empty");
            return report.SchemaVersion == ImageReport.Version
                ? report
                : throw new JsonException($"its version is {report.SchemaVersion}, and {ImageReport.Version} is known");
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw new EdgeException(e, DiagnosticCodes.ComparedReportUnreadable, path, e.Message);
        }
    }

    /// <summary>The report that an image is compared with where the user names none.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The report; null where there is none.</returns>
    public ImageReport? Find(ReportedImage image)
    {
        ImageReport? last = TryRead(Last);
        return last is null || image.IsDirty || KeyOf(last.Image) != KeyOf(image) ? last : TryRead(BeforeLast);
    }

    /// <summary>Keeps the report of an image that was delivered.</summary>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    public async Task KeepAsync(ImageReport report, CancellationToken cancellationToken)
    {
        if (report.Image.IsDirty)
        {
            return;
        }

        if (TryRead(Last) is { } last && KeyOf(last.Image) != KeyOf(report.Image))
        {
            await StageFile.WriteAsync(BeforeLast, last, ReportJson.Documents.ImageReport, cancellationToken);
        }

        await StageFile.WriteAsync(Last, report, ReportJson.Documents.ImageReport, cancellationToken);
    }

    // Without source control each image stands for itself.
    private static string KeyOf(ReportedImage image) => image.Commit ?? image.Digest.ToString();

    // What another version of EdgeSlim left is as good as nothing.
    internal static ImageReport? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? TryParse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    /// <summary>Reads a report of this version of EdgeSlim.</summary>
    /// <param name="content">The document.</param>
    /// <returns>The report; null where it is none.</returns>
    internal static ImageReport? TryParse(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, ReportJson.Documents.ImageReport) is { SchemaVersion: ImageReport.Version } report ? report : null;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    private static ImageReport? Read(string path) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(path), ReportJson.Documents.ImageReport);

    private static bool IsUnreadable(Exception e) =>
        e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or FormatException or EdgeException;
}
