using EdgeSlim.Oci;

namespace EdgeSlim.Deployment.Bundles;

/// <summary>The names that an image has in a bundle.</summary>
/// <param name="Image">Its name with the registry, without tag and digest.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Digest">Its digest, by which manifests name it.</param>
public sealed record ImageNames(string Image, IReadOnlyList<string> Tags, Digest Digest)
{
    /// <summary>All names in full, each with the tag that it stands for; null for the digest.</summary>
    public IEnumerable<(string Name, string? Tag)> All =>
        [.. Tags.Select(t => ($"{Image}:{t}", (string?)t)), ($"{Image}@{Digest}", null)];
}
