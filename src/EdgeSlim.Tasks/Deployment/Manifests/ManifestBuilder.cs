using System.Text;
using k8s;
using k8s.Models;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>Makes the objects of an application. Pure.</summary>
internal static class ManifestBuilder
{
    private const string Managed = "edgeslim";

    /// <summary>The objects, each with the name of its file, in the order in which they are applied.</summary>
    public static IReadOnlyList<ManifestFile> Build(Workload workload)
    {
        List<ManifestFile> files = [new("serviceaccount.yaml", ServiceAccount(workload))];
        if (workload.ConfigFolder is not null)
        {
            files.Add(new ManifestFile("configmap.yaml", ConfigMap(workload, workload.Config)));
        }

        files.Add(new ManifestFile("networkpolicy.yaml", NetworkPolicies.Of(workload)));
        if (workload.Ports.Count > 0)
        {
            files.Add(new ManifestFile("service.yaml", Service(workload, null)));
        }

        files.Add(new ManifestFile(WorkloadFile(workload), Running(workload, null)));
        if (workload.Kind != WorkloadKind.DaemonSet)
        {
            files.Add(new ManifestFile("poddisruptionbudget.yaml", Budget(workload)));
        }

        if (workload.Canary is Canary canary)
        {
            files.AddRange(CanaryRoutes.Of(workload, canary));
        }

        if (workload.PrePull)
        {
            files.Add(new ManifestFile("imageprepulljob.yaml", PrePullJob.Of(workload)));
        }

        return files;
    }

    public static string WorkloadFile(Workload workload) => workload.Kind == WorkloadKind.DaemonSet ? "daemonset.yaml" : "deployment.yaml";

    public static V1ConfigMap ConfigMap(Workload workload, IReadOnlyList<ConfigEntry> entries)
    {
        (string Name, string? Text, byte[] Content)[] files =
            [.. entries.OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => (e.Name, Text(e.Content), e.Content))];
        return new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = "ConfigMap",
            Metadata = Metadata(workload),
            Data = Some(files.Where(f => f.Text is not null).ToDictionary(f => f.Name, f => f.Text!)),
            BinaryData = Some(files.Where(f => f.Text is null).ToDictionary(f => f.Name, f => f.Content)),
        };
    }

    public static V1Service Service(Workload workload, string? track) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = Metadata(workload, track),
        Spec = new V1ServiceSpec
        {
            Selector = Selector(workload, track),
            Ports = [.. workload.Ports.Select(p => new V1ServicePort { Name = p.Name, Port = p.Number, TargetPort = p.Name, Protocol = p.Protocol })],
        },
    };

    /// <summary>The Deployment or DaemonSet; with a track, the one for that version.</summary>
    public static IKubernetesObject<V1ObjectMeta> Running(Workload workload, string? track)
    {
        V1ObjectMeta metadata = Metadata(workload, track);
        // Also without a canary: the selector of what is in a cluster cannot be changed any more.
        var selector = new V1LabelSelector { MatchLabels = Selector(workload, track ?? CanaryRoutes.Stable) };
        Dictionary<string, string> labels = new(Labels(workload), StringComparer.Ordinal);
        foreach ((string key, string value) in selector.MatchLabels)
        {
            labels[key] = value;
        }

        // While there is a canary, what stands under the name itself is the version that runs now.
        string image = workload.Canary is Canary canary && track is null ? $"{workload.Image}@{canary.StableDigest}" : workload.Reference;
        V1PodTemplateSpec template = PodTemplate.Of(workload, PodTemplate.Sorted(labels), image);
        return workload.Kind == WorkloadKind.DaemonSet
            ? new V1DaemonSet
            {
                ApiVersion = "apps/v1",
                Kind = "DaemonSet",
                Metadata = metadata,
                Spec = new V1DaemonSetSpec { Selector = selector, Template = template },
            }
            : new V1Deployment
            {
                ApiVersion = "apps/v1",
                Kind = "Deployment",
                Metadata = metadata,
                Spec = new V1DeploymentSpec { Replicas = workload.Replicas, Selector = selector, Template = template },
            };
    }

    public static V1ObjectMeta Metadata(Workload workload, string? track = null) => new()
    {
        Name = track is null ? workload.Name : $"{workload.Name}-{track}",
        NamespaceProperty = workload.Namespace,
        Labels = Labels(workload),
    };

    public static SortedDictionary<string, string> Labels(Workload workload) => PodTemplate.Sorted(workload.Labels
        .Where(l => l.Key is not ("app.kubernetes.io/name" or "app.kubernetes.io/managed-by"))
        .Append(new("app.kubernetes.io/name", workload.Name))
        .Append(new("app.kubernetes.io/managed-by", Managed)));

    public static Dictionary<string, string> Selector(Workload workload, string? track = null)
    {
        Dictionary<string, string> labels = new() { ["app.kubernetes.io/name"] = workload.Name };
        if (track is not null)
        {
            labels[CanaryRoutes.TrackLabel] = track;
        }

        return labels;
    }

    private static V1ServiceAccount ServiceAccount(Workload workload) => new()
    {
        ApiVersion = "v1",
        Kind = "ServiceAccount",
        Metadata = Metadata(workload),
        AutomountServiceAccountToken = false,
    };

    // One at a time, and with a single one it does not stand in the way when a node is drained.
    private static V1PodDisruptionBudget Budget(Workload workload) => new()
    {
        ApiVersion = "policy/v1",
        Kind = "PodDisruptionBudget",
        Metadata = Metadata(workload),
        Spec = new V1PodDisruptionBudgetSpec
        {
            MaxUnavailable = 1,
            Selector = new V1LabelSelector { MatchLabels = Selector(workload) },
        },
    };

    private static Dictionary<string, T>? Some<T>(Dictionary<string, T> entries) => entries.Count == 0 ? null : entries;

    private static string? Text(byte[] content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>An object, and the file that it stands in.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Document">The object.</param>
internal sealed record ManifestFile(string Name, object Document);
