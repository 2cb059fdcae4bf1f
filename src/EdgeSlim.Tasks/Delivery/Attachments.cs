namespace EdgeSlim.Delivery;

/// <summary>
/// What was attached to images in registries, so that a run in which nothing changed need not ask for it again.
/// </summary>
/// <param name="before">What an earlier run attached.</param>
public sealed class Attachments(IEnumerable<string> before)
{
    private readonly HashSet<string> _before = [.. before];
    private readonly SortedSet<string> _now = new(StringComparer.Ordinal);

    /// <summary>What is attached by now, a line each.</summary>
    public IReadOnlyCollection<string> Lines
    {
        get
        {
            lock (_now)
            {
                return [.. _now];
            }
        }
    }

    /// <summary>Whether an earlier run attached it.</summary>
    /// <param name="place">The repository, with its registry.</param>
    /// <param name="artifact">What is attached.</param>
    /// <returns>Whether it did.</returns>
    public bool Had(string place, AttachedArtifact artifact) => _before.Contains(Line(place, artifact));

    /// <summary>Notes that it is attached.</summary>
    /// <param name="place">The repository, with its registry.</param>
    /// <param name="artifact">What is attached.</param>
    public void Add(string place, AttachedArtifact artifact)
    {
        lock (_now)
        {
            _now.Add(Line(place, artifact));
        }
    }

    private static string Line(string place, AttachedArtifact artifact) =>
        $"{place}@{artifact.Subject.Digest} {artifact.Manifest.Digest} {artifact.Artifact.ArtifactType}";
}
