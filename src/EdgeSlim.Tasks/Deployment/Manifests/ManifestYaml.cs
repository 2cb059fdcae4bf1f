using System.Text.Json.Nodes;
using k8s;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>Writes the client's models.</summary>
internal static class ManifestYaml
{
    /// <summary>Begins each file that EdgeSlim writes, and may replace and delete.</summary>
    public const string Mark = "# Written by EdgeSlim. Put changes into the project, or into a file of your own.\n";

    public static string Write(object document) =>
        YamlWriter.Write(JsonNode.Parse(KubernetesJson.Serialize(document))!);

    public static string WriteFile(object document) => Mark + Write(document);
}
