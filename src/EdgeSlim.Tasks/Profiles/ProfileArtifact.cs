using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Referrers;
using EdgeSlim.Results;

namespace EdgeSlim.Profiles;

/// <summary>The seccomp profile of an image, as registries keep it beside it.</summary>
public static class ProfileArtifact
{
    /// <summary>What it is called there, and what its file is.</summary>
    public const string MediaType = "application/vnd.edgeslim.seccomp.v1+json";

    /// <summary>Reads those of the images of a layout.</summary>
    /// <param name="layoutFolder">The layout.</param>
    /// <param name="resultsFolder">The folder of all results.</param>
    /// <returns>An artifact for each image that has a profile.</returns>
    /// <exception cref="EdgeException">One cannot be read (EDGE3016).</exception>
    public static IReadOnlyList<AttachedArtifact> Read(string layoutFolder, string resultsFolder) =>
    [
        .. new ImageLayout(layoutFolder).ReadTree().Images
            .Select(i => (Image: i.Descriptor, File: new ImageResults(resultsFolder, i.Descriptor.Digest).PathOf(ProfileFiles.Seccomp)))
            .Where(p => File.Exists(p.File))
            .Select(p => new AttachedArtifact(p.Image, new Artifact(MediaType, [new ArtifactContent(MediaType, ReadFile(p.File))]))),
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
