using k8s.Models;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>An object of a kind that is not Kubernetes' own.</summary>
/// <param name="ApiVersion">Its group and version.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Metadata">Its name and labels.</param>
/// <param name="Spec">What is wanted.</param>
internal sealed record CustomObject(string ApiVersion, string Kind, V1ObjectMeta Metadata, object Spec);
