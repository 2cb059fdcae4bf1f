using System.IO.Compression;
using System.Text.Json;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Referrers;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Comparison;

/// <summary>
/// The report of an image as a registry keeps it beside the image: what a later image is compared with, and no more. Packed,
/// and the same bytes for the same image.
/// </summary>
public static class ReportArtifacts
{
    /// <summary>What the artifact is, as a media type.</summary>
    public const string ArtifactType = "application/vnd.edgeslim.report.v1+json";

    private const string ContentType = "application/vnd.edgeslim.report.v1+json+gzip";

    // Many times what the largest application was seen to have. It comes from a registry, and may be anything.
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Makes that of an image that was measured.</summary>
    /// <param name="layoutFolder">The image's layout, beside which its report lies.</param>
    /// <returns>The artifact; none where there is no report.</returns>
    /// <exception cref="EdgeException">The report cannot be read (EDGE3016).</exception>
    public static IReadOnlyList<AttachedArtifact> Read(string layoutFolder)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(layoutFolder))!, "report.json");
        if (!File.Exists(path))
        {
            return [];
        }

        Descriptor subject = new ImageLayout(layoutFolder).ReadTree().Root;
        try
        {
            ImageReport report = JsonSerializer.Deserialize(File.ReadAllBytes(path), ReportJson.Documents.ImageReport)
                ?? throw new JsonException("The document is null.");
            return [new AttachedArtifact(subject, new Artifact(ArtifactType, [new ArtifactContent(ContentType, Pack(report))]))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeException(e, DiagnosticCodes.StageFileUnreadable, path, e.Message);
        }
    }

    /// <summary>Packs a report, without what no comparison looks at.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The bytes.</returns>
    internal static byte[] Pack(ImageReport report)
    {
        ImageReport compared = report with { Map = UpToTypes(report.Map), Journey = [], Advice = [], Reasons = [], Diff = null, Budget = null, Modules = null };
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            JsonSerializer.Serialize(gzip, compared, ReportJson.Documents.ImageReport);
        }

        return packed.ToArray();
    }

    /// <summary>Unpacks a report.</summary>
    /// <param name="packed">The bytes.</param>
    /// <returns>The report; null where it is none, or one of another version of EdgeSlim.</returns>
    internal static ImageReport? TryUnpack(Stream packed)
    {
        try
        {
            using GZipStream gzip = new(packed, CompressionMode.Decompress);
            using MemoryStream unpacked = new();
            byte[] buffer = new byte[64 * 1024];
            for (int count; (count = gzip.Read(buffer)) > 0;)
            {
                unpacked.Write(buffer, 0, count);
                if (unpacked.Length > MaxBytes)
                {
                    return null;
                }
            }

            return KeptReports.TryParse(unpacked.GetBuffer().AsSpan(0, (int)unpacked.Length));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // A comparison looks no deeper.
    private static SizeNode UpToTypes(SizeNode node) => node.Kind is SizeKinds.Type or SizeKinds.ObjectFile || node.Children is null
        ? node with { Children = null }
        : node with { Children = [.. node.Children.Select(UpToTypes)] };
}
