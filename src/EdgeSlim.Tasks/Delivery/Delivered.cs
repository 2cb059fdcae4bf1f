using EdgeSlim.Oci;

namespace EdgeSlim.Delivery;

/// <summary>What a destination did with an image.</summary>
/// <param name="Kind">The kind of destination: <c>registry</c>, <c>archive</c> or <c>engine</c>.</param>
/// <param name="Names">The names under which the image is there now, or the path of the file.</param>
/// <param name="BytesSent">The bytes of blobs that were sent or written.</param>
/// <param name="Remark">One phrase for the log.</param>
public sealed record Delivered(string Kind, IReadOnlyList<string> Names, long BytesSent, string Remark)
{
    /// <summary>What is kept beside it there, and refers to it.</summary>
    public IReadOnlyList<AttachedReference> Attached { get; init; } = [];

    /// <summary>The tool that signed it there; null where nobody did.</summary>
    public string? SignedBy { get; init; }
}

/// <summary>Something that a registry keeps beside an image.</summary>
/// <param name="ArtifactType">What it is, as a media type.</param>
/// <param name="Subject">The digest of the image that it refers to.</param>
/// <param name="Digest">The digest of its manifest.</param>
public sealed record AttachedReference(string ArtifactType, Digest Subject, Digest Digest);
