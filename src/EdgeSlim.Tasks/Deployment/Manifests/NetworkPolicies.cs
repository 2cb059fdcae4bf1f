using k8s.Models;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>What the application may talk to: nothing that is not named. Pure.</summary>
internal static class NetworkPolicies
{
    private static readonly WorkloadPort[] DnsPorts = [new("", 53, "UDP"), new("", 53, "TCP")];

    public static V1NetworkPolicy Of(Workload workload) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = "NetworkPolicy",
        Metadata = ManifestBuilder.Metadata(workload),
        Spec = new V1NetworkPolicySpec
        {
            PodSelector = new V1LabelSelector { MatchLabels = ManifestBuilder.Selector(workload) },
            PolicyTypes = ["Ingress", "Egress"],
            // A rule without ports would let all in.
            Ingress = workload.Ports.Count == 0 ? [] : [new V1NetworkPolicyIngressRule { Ports = Ports(workload.Ports) }],
            Egress = [.. workload.Egress.Select(Of)],
        },
    };

    private static V1NetworkPolicyEgressRule Of(EgressRule rule) => rule.Cidr is string cidr
        ? new V1NetworkPolicyEgressRule
        {
            To = [new V1NetworkPolicyPeer { IpBlock = new V1IPBlock { Cidr = cidr } }],
            Ports = rule.Ports.Count == 0 ? null : Ports(rule.Ports),
        }
        : new V1NetworkPolicyEgressRule
        {
            To =
            [
                new V1NetworkPolicyPeer
                {
                    NamespaceSelector = new V1LabelSelector
                    {
                        MatchLabels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = "kube-system" },
                    },
                    PodSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["k8s-app"] = "kube-dns" } },
                },
            ],
            Ports = Ports(DnsPorts),
        };

    private static IList<V1NetworkPolicyPort> Ports(IEnumerable<WorkloadPort> ports) =>
        [.. ports.Select(p => new V1NetworkPolicyPort { Port = p.Number, Protocol = p.Protocol })];
}
