using EdgeSlim.Diagnostics;
using EdgeSlim.Registry.Referrers;

namespace EdgeSlim.Delivery;

/// <summary>The bills of materials of an image, as registries keep them beside it.</summary>
public static class SbomArtifacts
{
    private static readonly (string File, string MediaType)[] Known =
        [("sbom.cdx.json", "application/vnd.cyclonedx+json"), ("sbom.spdx.json", "application/spdx+json")];

    /// <summary>Reads those of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>An artifact for each format.</returns>
    /// <exception cref="EdgeException">One of them cannot be read (EDGE3016).</exception>
    public static IReadOnlyList<Artifact> Read(string folder) =>
    [
        .. Known
            .Where(k => File.Exists(Path.Combine(folder, k.File)))
            .Select(k => new Artifact(k.MediaType, [new ArtifactContent(k.MediaType, ReadFile(Path.Combine(folder, k.File)))])),
    ];

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
