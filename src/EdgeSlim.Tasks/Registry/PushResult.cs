using EdgeSlim.Oci;

namespace EdgeSlim.Registry;

/// <summary>What a push did.</summary>
public sealed record PushResult
{
    /// <summary>The image's digest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The tags that now point to the image.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>How many blobs were sent.</summary>
    public int BlobsUploaded { get; init; }

    /// <summary>How many blobs the registry had already; 0 where it was not asked because the tags were up to date.</summary>
    public int BlobsPresent { get; init; }

    /// <summary>How many blobs the registry took over from another of its repositories.</summary>
    public int BlobsMounted { get; init; }

    /// <summary>The size of the blobs that were sent.</summary>
    public long BytesUploaded { get; init; }

    /// <summary>How often a manifest was written: once for each tag that did not yet point to the image.</summary>
    public int ManifestsWritten { get; init; }

    /// <summary>How many HTTP requests it took, those for tokens and second tries included.</summary>
    public required int Requests { get; init; }

    /// <summary>Whether the registry had the image under all its tags before.</summary>
    public bool UpToDate => ManifestsWritten == 0;
}
