using System.Text.Json;

namespace EdgeSlim.Scanning;

/// <summary>Writes scan reports as SARIF, which code hosting services show.</summary>
public static class SarifWriter
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="project">The project's file, below the folder of the sources: packages are asked for there.</param>
    /// <returns>The log.</returns>
    public static byte[] Write(ScanReport report, string project) => JsonSerializer.SerializeToUtf8Bytes(
        new SarifLog(
        [
            new SarifRun(
                new SarifTool(new SarifDriver(
                    report.Scanner,
                    [
                        .. report.Findings.Select(f => f.Finding).DistinctBy(f => f.Id)
                            .Select(f => new SarifRule(f.Id, new SarifText(f.Title ?? f.Id), f.Url)),
                    ])),
                [.. report.Findings.Select(f => Result(f, project))]),
        ]),
        ScanJson.Documents.SarifLog);

    private static SarifResult Result(JudgedFinding judged, string project) => new(
        judged.Finding.Id,
        judged.Verdict switch { ScanVerdict.Fails => "error", ScanVerdict.Warns => "warning", _ => "note" },
        new SarifText(FindingText.Of(judged.Finding)),
        [new SarifLocation(new SarifPhysicalLocation(new SarifArtifact(project)))],
        judged.Verdict is ScanVerdict.Ignored or ScanVerdict.NotPresent
            ? [new SarifSuppression("external", judged.Verdict == ScanVerdict.NotPresent ? $"not in the image: {judged.Reason}" : judged.Reason!)]
            : null);
}

/// <summary>A finding in words.</summary>
internal static class FindingText
{
    public static string Of(Finding finding) =>
        $"{finding.Package} {finding.Version} has {finding.Id} ({finding.Severity.ToString().ToUpperInvariant()}), "
        + (finding.FixedVersion is null ? "which is not mended yet" : $"which is mended in {finding.FixedVersion}");
}
