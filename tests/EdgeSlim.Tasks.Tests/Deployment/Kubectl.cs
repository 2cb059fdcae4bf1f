using System.Text.Json.Nodes;
using k8s;
using YamlDotNet.RepresentationModel;

namespace EdgeSlim.Tests.Deployment;

/// <summary>The real kubectl, for what it does without a cluster.</summary>
internal static class Kubectl
{
    private static readonly string[] Custom = ["VirtualService", "HTTPRoute", "ImagePrePullJob"];

    private static string Program => Environment.GetEnvironmentVariable("EDGESLIM_TEST_KUBECTL") is { Length: > 0 } path
        ? path
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", ".cache"),
            "edgeslim-test/kubectl-2.2.2/kubectl");

    /// <summary>Renders a folder with a kustomization.</summary>
    public static string Kustomize(string folder)
    {
        if (!File.Exists(Program))
        {
            Command.Require("kubectl-of-the-tests", "it is installed by ./test");
        }

        return Command.Run("/", Program, "kustomize", folder).Succeeds().Output;
    }

    /// <summary>Reads objects with the client's models, where a field that is not theirs is an error.</summary>
    /// <returns>The objects by kind and name, as JSON with sorted fields.</returns>
    public static SortedDictionary<string, string> ReadStrictly(string yaml)
    {
        SortedDictionary<string, string> objects = new(StringComparer.Ordinal);
        foreach (string document in yaml.Split("\n---\n", StringSplitOptions.RemoveEmptyEntries))
        {
            YamlStream stream = [];
            stream.Load(new StringReader(document));
            var fields = (YamlMappingNode)stream.Documents[0].RootNode;
            string kind = ((YamlScalarNode)fields["kind"]).Value!;
            string name = ((YamlScalarNode)fields["metadata"]["name"]).Value!;
            object typed = Custom.Contains(kind)
                ? KubernetesYaml.Deserialize<Dictionary<string, object>>(document)
                : KubernetesYaml.LoadAllFromString(document, strict: true).Single();
            objects[$"{kind}/{name}"] = Sorted(JsonNode.Parse(KubernetesJson.Serialize(typed)))!.ToJsonString();
        }

        return objects;
    }

    /// <summary>Fields and variables in one order, whatever made them.</summary>
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, Sorted(f.Value)))),
        JsonArray entries => new JsonArray([.. entries.Select(Sorted).OrderBy(e => e is JsonObject o && o["name"] is JsonNode name ? name.ToJsonString() : "", StringComparer.Ordinal)]),
        _ => node?.DeepClone(),
    };
}
