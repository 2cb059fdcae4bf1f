using k8s.Models;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>KubeEdge's job that pulls the image to the nodes before the pods move to it. Pure.</summary>
internal static class PrePullJob
{
    private const string Version = "operations.kubeedge.io/v1alpha2";
    private static readonly string[] Checks = ["disk"];

    private const string Kind = "ImagePrePullJob";

    public static CustomObject Of(Workload workload) => new(
        Version, Kind, ManifestBuilder.Metadata(workload), new
        {
            imagePrePullTemplate = new
            {
                images = new[] { workload.Reference },
                labelSelector = new { matchLabels = PodTemplate.Sorted(workload.NodeSelector) },
                checkItems = Checks,
                failureTolerate = "0.3",
                concurrency = 1,
                timeoutSeconds = 300,
                retryTimes = 3,
            },
        });

    /// <summary>The part of it that says which image.</summary>
    public static CustomObject ImagesOf(Workload workload) => new(
        Version, Kind, new V1ObjectMeta { Name = workload.Name }, new { imagePrePullTemplate = new { images = new[] { workload.Reference } } });
}
