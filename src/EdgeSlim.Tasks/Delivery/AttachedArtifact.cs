using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Referrers;

namespace EdgeSlim.Delivery;

/// <summary>Something that says more about an image, and that registries keep beside it.</summary>
/// <param name="Subject">The image.</param>
/// <param name="Artifact">What says it.</param>
public sealed record AttachedArtifact(Descriptor Subject, Artifact Artifact)
{
    private const string TitleKey = "org.opencontainers.image.title";
    private const string PredicateKey = "in-toto.io/predicate-type";

    /// <summary>What is pushed, as its manifest names it.</summary>
    public Descriptor Manifest => ArtifactDocument.Of(Artifact, Subject).Entry;

    /// <summary>How it is noted that it was attached.</summary>
    /// <param name="place">The repository, with its registry.</param>
    /// <returns>The note.</returns>
    internal string NoteOf(string place) => $"{place}@{Subject.Digest} {Manifest.Digest} {Artifact.ArtifactType}";

    /// <summary>Reads one.</summary>
    /// <param name="file">Where it is.</param>
    /// <returns>It.</returns>
    /// <exception cref="EdgeException">The file or the layout cannot be read (EDGE3016 and others).</exception>
    public static AttachedArtifact Read(AttachedFile file)
    {
        // The title is the file's name where oras and others fetch it.
        SortedDictionary<string, string> annotations = new(StringComparer.Ordinal) { [TitleKey] = Path.GetFileName(file.Path) };
        if (file.PredicateType is { Length: > 0 } predicate)
        {
            annotations[PredicateKey] = predicate;
        }

        ArtifactContent content = new(file.MediaType, ReadFile(file.Path)) { Annotations = annotations };
        return new AttachedArtifact(new ImageLayout(file.LayoutFolder).ReadTree().Root, new Artifact(file.ArtifactType, [content]));
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

/// <summary>A file that says more about an image.</summary>
/// <param name="Path">The file.</param>
/// <param name="LayoutFolder">The layout of the image, or of the index, that it speaks of.</param>
/// <param name="ArtifactType">What it is, as a media type.</param>
/// <param name="MediaType">The media type of its bytes.</param>
/// <param name="PredicateType">What an in-toto statement states; null for what is none.</param>
public sealed record AttachedFile(string Path, string LayoutFolder, string ArtifactType, string MediaType, string? PredicateType = null);
