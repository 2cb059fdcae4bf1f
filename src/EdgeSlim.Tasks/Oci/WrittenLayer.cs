namespace EdgeSlim.Oci;

/// <summary>A layer that has been written.</summary>
/// <param name="Descriptor">The compressed blob.</param>
/// <param name="DiffId">The digest of the uncompressed archive.</param>
/// <param name="UncompressedSize">The size of the uncompressed archive in bytes.</param>
public sealed record WrittenLayer(Descriptor Descriptor, Digest DiffId, long UncompressedSize);
