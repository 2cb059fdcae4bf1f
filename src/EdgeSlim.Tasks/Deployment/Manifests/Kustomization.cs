namespace EdgeSlim.Deployment.Manifests;

/// <summary>A <c>kustomization.yaml</c>, as far as it is used here.</summary>
internal sealed record Kustomization
{
    public const string FileName = "kustomization.yaml";

    public string ApiVersion { get; } = "kustomize.config.k8s.io/v1beta1";

    public string Kind { get; } = "Kustomization";

    public string? Namespace { get; init; }

    public required IReadOnlyList<string> Resources { get; init; }

    public IReadOnlyList<KustomizationLabels>? Labels { get; init; }

    public IReadOnlyList<KustomizationImage>? Images { get; init; }

    public IReadOnlyList<KustomizationPatch>? Patches { get; init; }
}

/// <summary>Labels that are added to all objects.</summary>
internal sealed record KustomizationLabels(IReadOnlyDictionary<string, string> Pairs)
{
    public bool IncludeTemplates { get; init; } = true;
}

/// <summary>An image that is replaced.</summary>
internal sealed record KustomizationImage(string Name, string? NewName, string? Digest);

/// <summary>A file with a part of an object.</summary>
internal sealed record KustomizationPatch(string Path);
