namespace EdgeSlim.Registry;

/// <summary>An upload that a registry has opened.</summary>
/// <param name="Location">Where what is next goes to.</param>
/// <param name="Offset">How many bytes the registry has.</param>
/// <param name="SmallestChunk">How long a chunk has to be, but for the last.</param>
internal sealed record UploadSession(Uri Location, long Offset, long SmallestChunk)
{
    /// <summary>Whether a request failed since, so that nobody knows what the registry has.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>Whether the request that closes it was under way: then the blob may be there.</summary>
    public bool IsClosing { get; init; }
}
