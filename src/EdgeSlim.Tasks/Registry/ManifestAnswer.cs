namespace EdgeSlim.Registry;

/// <summary>What a registry said to a manifest that it was given.</summary>
/// <param name="KeepsReferrers">Whether it took note of the image that the manifest refers to (<c>OCI-Subject</c>).</param>
/// <param name="IsOutdated">Whether it did not take it, because somebody else was faster.</param>
public sealed record ManifestAnswer(bool KeepsReferrers, bool IsOutdated);

/// <summary>Under which condition a tag is to be written; registries need not look at it.</summary>
/// <param name="Version">The version that it must still have (<c>ETag</c>); null where that is not known.</param>
public sealed record WriteCondition(string? Version)
{
    /// <summary>There must be no such tag yet.</summary>
    public static WriteCondition IsNew { get; } = new("*");
}
