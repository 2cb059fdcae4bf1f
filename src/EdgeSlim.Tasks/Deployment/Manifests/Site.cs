using EdgeSlim.Oci;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>A place where the application runs, and what is different there: an overlay of kustomize's.</summary>
public sealed record Site
{
    /// <summary>What tells the objects of a site from those of others.</summary>
    public const string Label = "edgeslim.dev/site";

    /// <summary>The variable that says which modules are to run.</summary>
    public const string ModulesVariable = "EDGE_MODULES";

    /// <summary>Its name, a DNS label.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace; null for that of the base.</summary>
    public string? Namespace { get; init; }

    /// <summary>How many; null as in the base.</summary>
    public int? Replicas { get; init; }

    /// <summary>The modules that run there, of those that are in the image; null for all.</summary>
    public IReadOnlyList<string>? Modules { get; init; }

    /// <summary>Files of the configuration, beside or in place of those of the base.</summary>
    public IReadOnlyList<ConfigEntry> Config { get; init; } = [];

    /// <summary>Environment variables, beside or in place of those of the base.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels that a node needs to have, beside or in place of those of the base.</summary>
    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>The image's name with the registry that the site pulls from; null as in the base.</summary>
    public string? Image { get; init; }

    /// <summary>An image of the site's own, made of the same application with other modules; null as in the base.</summary>
    public Digest? Digest { get; init; }

    /// <summary>The RuntimeClass; null as in the base.</summary>
    public string? RuntimeClass { get; init; }

    /// <summary>All variables that are set for the site.</summary>
    public IReadOnlyDictionary<string, string> Variables => Modules is null
        ? Environment
        : Merge(Environment, new Dictionary<string, string> { [ModulesVariable] = string.Join(',', Modules) });

    /// <summary>Puts the site's differences into the application: what kustomize makes of base and overlay.</summary>
    /// <param name="workload">The application.</param>
    /// <returns>The application as it runs on the site.</returns>
    public Workload ApplyTo(Workload workload) => workload with
    {
        Namespace = Namespace ?? workload.Namespace,
        Replicas = Replicas ?? workload.Replicas,
        Environment = Merge(workload.Environment, Variables),
        Config = [.. workload.Config.Where(c => Config.All(own => own.Name != c.Name)).Concat(Config).OrderBy(c => c.Name, StringComparer.Ordinal)],
        NodeSelector = Merge(workload.NodeSelector, NodeSelector),
        Image = Image ?? workload.Image,
        Digest = Digest ?? workload.Digest,
        RuntimeClass = RuntimeClass ?? workload.RuntimeClass,
        Labels = Merge(workload.Labels, new Dictionary<string, string> { [Label] = Name }),
    };

    private static SortedDictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> below, IReadOnlyDictionary<string, string> above)
    {
        SortedDictionary<string, string> merged = new(StringComparer.Ordinal);
        foreach ((string key, string value) in below.Concat(above))
        {
            merged[key] = value;
        }

        return merged;
    }
}
