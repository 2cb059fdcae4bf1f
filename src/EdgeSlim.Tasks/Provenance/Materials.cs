using EdgeSlim.Git;
using EdgeSlim.Oci;
using EdgeSlim.Sbom;

namespace EdgeSlim.Provenance;

/// <summary>What a build took.</summary>
internal static class Materials
{
    private const int Sha512Digits = 128;

    /// <summary>What an image is made of: the source first, then the base, then the rest as the inventory has it.</summary>
    public static IEnumerable<ResourceDescriptor> Of(ProvenanceRequest request)
    {
        if (request.Source.Commit is string commit)
        {
            yield return Of(request.Source, commit);
        }

        IReadOnlyList<Component> components = request.Inventory?.Components ?? [];
        if (request.BaseDigest is Digest digest)
        {
            yield return Of(digest) with { Name = "base", Uri = components.FirstOrDefault(c => c.Kind == ComponentKind.Container)?.Purl };
        }

        foreach (LayoutImage image in request.Images)
        {
            yield return Of(image.Descriptor.Digest) with { Name = $"{request.Repository} ({PlatformOf(image.Config)})" };
        }

        // Under the name that advisories use a pack is there once more, and was taken once. What has no package URL is the project's own.
        HashSet<string> aliases = [.. components.Where(c => c.Hash is not null).Select(c => DotnetComponents.AdvisedName(c.Name))];
        foreach (Component component in components.Where(c => c.Purl is not null && c.Kind != ComponentKind.Container))
        {
            if (component.Hash is not null || !aliases.Contains(component.Name))
            {
                yield return Of(component);
            }
        }
    }

    private static ResourceDescriptor Of(Component component) => new()
    {
        Uri = component.Purl,
        Digest = component.Hash is string hash
            ? new SortedDictionary<string, string> { [hash.Length == Sha512Digits ? "sha512" : "sha256"] = hash }
            : null,
    };

    private static string PlatformOf(ImageConfig config) =>
        $"{config.OperatingSystem}/{config.Architecture}{(config.Variant is { Length: > 0 } variant ? "/" + variant : "")}";

    public static ResourceDescriptor Of(Digest digest) => new() { Digest = new SortedDictionary<string, string> { ["sha256"] = digest.Hex } };

    private static ResourceDescriptor Of(SourceRevision source, string commit) => new()
    {
        Name = "source",
        Uri = source.RemoteUrl is string remote ? $"git+{remote}{(source.Branch is string branch ? $"@refs/heads/{branch}" : "")}" : null,
        Digest = new SortedDictionary<string, string> { ["gitCommit"] = commit },
        Annotations = source.IsDirty ? new SortedDictionary<string, string> { ["modified"] = "true" } : null,
    };
}
