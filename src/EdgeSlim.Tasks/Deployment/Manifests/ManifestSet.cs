using System.Text;
using k8s;
using k8s.Models;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>The files of an application: a base of kustomize's, and an overlay for each site. Pure.</summary>
public static class ManifestSet
{
    private const string Base = "base";
    private const string Overlays = "overlays";
    private const string ConfigPatch = "config.yaml";
    private const string PrePullPatch = "imageprepulljob.yaml";
    private const string WorkloadPatch = "workload.yaml";

    /// <summary>Makes the files.</summary>
    /// <param name="workload">The application.</param>
    /// <param name="sites">Its sites.</param>
    /// <returns>Path and text of each, sorted by path.</returns>
    public static IReadOnlyDictionary<string, string> Write(Workload workload, IReadOnlyList<Site> sites)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        // The namespace of a base is a field of its kustomization, so that overlays can have another.
        IReadOnlyList<ManifestFile> objects = ManifestBuilder.Build(workload with { Namespace = null });
        foreach (ManifestFile file in objects)
        {
            files[$"{Base}/{file.Name}"] = ManifestYaml.WriteFile(file.Document);
        }

        files[$"{Base}/{Kustomization.FileName}"] = ManifestYaml.WriteFile(
            new Kustomization { Namespace = workload.Namespace, Resources = [.. objects.Select(o => o.Name)] });
        foreach (Site site in sites)
        {
            foreach ((string name, object document) in Overlay(workload, site))
            {
                files[$"{Overlays}/{site.Name}/{name}"] = ManifestYaml.WriteFile(document);
            }
        }

        return files;
    }

    /// <summary>Makes one file of all objects, for what does not know kustomize, such as K3s.</summary>
    /// <param name="workload">The application, with a site's differences where it is for one.</param>
    /// <returns>The text.</returns>
    public static string WriteWhole(Workload workload)
    {
        List<object> documents = [.. ManifestBuilder.Build(workload).Select(f => f.Document)];
        if (workload.Namespace is string name and not "default")
        {
            documents.Insert(0, new V1Namespace { ApiVersion = "v1", Kind = "Namespace", Metadata = new V1ObjectMeta { Name = name } });
        }

        StringBuilder text = new(ManifestYaml.Mark);
        text.AppendJoin("---\n", documents.Select(ManifestYaml.Write));
        return text.ToString();
    }

    private static IEnumerable<(string Name, object Document)> Overlay(Workload workload, Site site)
    {
        List<(string Name, object Document)> patches = [];
        if (site.Config.Count > 0)
        {
            V1ConfigMap part = ManifestBuilder.ConfigMap(workload with { Namespace = null }, site.Config);
            part.Metadata.Labels = null;
            patches.Add((ConfigPatch, part));
        }

        if (PatchOf(workload, site) is object patch)
        {
            patches.Add((WorkloadPatch, patch));
        }

        bool hasImage = site.Image is not null || site.Digest is not null;
        if (hasImage && workload.PrePull)
        {
            // kustomize knows images in pods, and nowhere else.
            patches.Add((PrePullPatch, PrePullJob.ImagesOf(site.ApplyTo(workload))));
        }

        Kustomization kustomization = new()
        {
            Namespace = site.Namespace,
            Resources = [$"../../{Base}"],
            Labels = [new KustomizationLabels(new Dictionary<string, string> { [Site.Label] = site.Name })],
            Images = hasImage ? [new KustomizationImage(workload.Image, site.Image, site.Digest?.ToString())] : null,
            Patches = patches.Count == 0 ? null : [.. patches.Select(p => new KustomizationPatch(p.Name))],
        };
        return patches.Append((Kustomization.FileName, kustomization));
    }

    /// <summary>What is different in the site's Deployment or DaemonSet; null for nothing.</summary>
    private static IKubernetesObject<V1ObjectMeta>? PatchOf(Workload workload, Site site)
    {
        int? replicas = workload.Kind == WorkloadKind.DaemonSet ? null : site.Replicas;
        bool hasPod = site.Variables.Count + site.NodeSelector.Count > 0 || site.RuntimeClass is not null;
        if (replicas is null && !hasPod)
        {
            return null;
        }

        V1PodTemplateSpec? template = !hasPod ? null : new V1PodTemplateSpec
        {
            Spec = new V1PodSpec
            {
                RuntimeClassName = site.RuntimeClass,
                NodeSelector = site.NodeSelector.Count == 0 ? null : PodTemplate.Sorted(site.NodeSelector),
                Containers = site.Variables.Count == 0
                    ? null
                    : [new V1Container { Name = workload.Name, Env = PodTemplate.Variables(site.Variables) }],
            },
        };
        V1ObjectMeta metadata = new() { Name = workload.Name };
        return workload.Kind == WorkloadKind.DaemonSet
            ? new V1DaemonSet { ApiVersion = "apps/v1", Kind = "DaemonSet", Metadata = metadata, Spec = new V1DaemonSetSpec { Template = template } }
            : new V1Deployment { ApiVersion = "apps/v1", Kind = "Deployment", Metadata = metadata, Spec = new V1DeploymentSpec { Replicas = replicas, Template = template } };
    }
}
