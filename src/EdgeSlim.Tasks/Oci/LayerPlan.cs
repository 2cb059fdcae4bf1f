namespace EdgeSlim.Oci;

/// <summary>A layer that is to be written.</summary>
public sealed record LayerPlan
{
    /// <summary>What the layer is for; stands in the image's history.</summary>
    public required string Name { get; init; }

    /// <summary>The modification time of every entry.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// Whether files have a time that follows from their content instead: a web server that takes a file for unchanged
    /// because of its time and size must not be misled.
    /// </summary>
    public bool HasTimesOfContent { get; init; }

    /// <summary>Whether it stands in the place of a base image, so that an image on another base does without it.</summary>
    public bool IsOfBase { get; init; }

    /// <summary>How it is compressed.</summary>
    public LayerCompression Compression { get; init; }

    /// <summary>The entries, sorted by path, folders before what is in them.</summary>
    public required IReadOnlyList<LayerEntry> Entries { get; init; }
}
