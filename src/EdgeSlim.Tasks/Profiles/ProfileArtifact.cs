using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Referrers;

namespace EdgeSlim.Profiles;

/// <summary>The seccomp profile of an image, as registries keep it beside it.</summary>
public static class ProfileArtifact
{
    /// <summary>What it is called there, and what its file is.</summary>
    public const string MediaType = "application/vnd.edgeslim.seccomp.v1+json";

    /// <summary>Reads that of the image of a layout.</summary>
    /// <param name="layoutFolder">The layout, beside which the profile lies.</param>
    /// <returns>The artifact; null where there is none, or where it is that of an earlier image.</returns>
    /// <exception cref="EdgeException">It cannot be read (EDGE3016).</exception>
    public static AttachedArtifact? Read(string layoutFolder)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(layoutFolder))!;
        string result = Path.Combine(folder, ProfileFiles.Result);
        string seccomp = Path.Combine(folder, ProfileFiles.Seccomp);
        if (!File.Exists(result) || !File.Exists(seccomp))
        {
            return null;
        }

        string? digest = DigestOf(folder);
        try
        {
            Descriptor? subject = new ImageLayout(layoutFolder).ReadTree().Images.Select(i => i.Descriptor).FirstOrDefault(d => d.Digest.ToString() == digest);
            return subject is null
                ? null
                : new AttachedArtifact(subject, new Artifact(MediaType, [new ArtifactContent(MediaType, File.ReadAllBytes(seccomp))]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.StageFileUnreadable, seccomp, e.Message);
        }
    }

    /// <summary>The digest of the image that a profile was made of.</summary>
    /// <param name="folder">The folder of the profile's files.</param>
    /// <returns>The digest; null where there is no profile.</returns>
    /// <exception cref="EdgeException">What was learned cannot be read (EDGE3016).</exception>
    public static string? DigestOf(string folder)
    {
        string result = Path.Combine(folder, ProfileFiles.Result);
        try
        {
            return File.Exists(result) ? JsonNode.Parse(File.ReadAllBytes(result))?["digest"]?.GetValue<string>() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new EdgeException(e, DiagnosticCodes.StageFileUnreadable, result, e.Message);
        }
    }
}
