namespace EdgeSlim.Delivery;

/// <summary>
/// What was attached to images in registries, and what was signed there, so that a run in which nothing changed need not ask for it again.
/// </summary>
/// <param name="before">What an earlier run noted.</param>
public sealed class Attachments(IEnumerable<string> before)
{
    private readonly HashSet<string> _before = [.. before];
    private readonly SortedSet<string> _now = new(StringComparer.Ordinal);

    /// <summary>What is there by now, a line each.</summary>
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

    /// <summary>How an artifact is noted.</summary>
    /// <param name="place">The repository, with its registry.</param>
    /// <param name="artifact">What is attached.</param>
    /// <returns>The line.</returns>
    public static string LineOf(string place, AttachedArtifact artifact) =>
        $"{place}@{artifact.Subject.Digest} {artifact.Manifest.Digest} {artifact.Artifact.ArtifactType}";

    /// <summary>Whether an earlier run noted it.</summary>
    /// <param name="line">What.</param>
    /// <returns>Whether it did.</returns>
    public bool Had(string line) => _before.Contains(line);

    /// <summary>Notes that it is there.</summary>
    /// <param name="line">What.</param>
    public void Add(string line)
    {
        lock (_now)
        {
            _now.Add(line);
        }
    }
}
