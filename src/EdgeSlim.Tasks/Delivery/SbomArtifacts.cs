using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Referrers;

namespace EdgeSlim.Delivery;

/// <summary>The bills of materials of an image, as registries keep them beside it.</summary>
public static class SbomArtifacts
{
    private static readonly (string File, string MediaType)[] Known =
        [("sbom.cdx.json", "application/vnd.cyclonedx+json"), ("sbom.spdx.json", "application/spdx+json")];

    /// <summary>How their files are called.</summary>
    public static IEnumerable<string> FileNames => Known.Select(k => k.File);

    /// <summary>Reads those of an image.</summary>
    /// <param name="layoutFolder">The image's layout, beside which they lie.</param>
    /// <returns>An artifact for each format.</returns>
    /// <exception cref="EdgeException">One of them cannot be read (EDGE3016).</exception>
    public static IReadOnlyList<AttachedArtifact> Read(string layoutFolder)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(layoutFolder))!;
        Descriptor subject = new ImageLayout(layoutFolder).ReadTree().Root;
        return
        [
            .. Known
                .Select(k => (Path: Path.Combine(folder, k.File), k.MediaType))
                .Where(k => File.Exists(k.Path))
                .Select(k => new AttachedArtifact(
                    subject, new Artifact(k.MediaType, [new ArtifactContent(k.MediaType, ReadFile(k.Path))]))),
        ];
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.StageFileUnreadable, path, e.Message);
        }
    }
}

/// <summary>Something that says more about an image.</summary>
/// <param name="Subject">The image.</param>
/// <param name="Artifact">What says it.</param>
public sealed record AttachedArtifact(Descriptor Subject, Artifact Artifact);
