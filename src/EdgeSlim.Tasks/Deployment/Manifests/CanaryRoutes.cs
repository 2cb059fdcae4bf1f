namespace EdgeSlim.Deployment.Manifests;

/// <summary>
/// The new version beside the one that runs now, each with a service, and what shares the traffic out. These kinds are not
/// Kubernetes' own, and have no models in the client. Pure.
/// </summary>
internal static class CanaryRoutes
{
    public const string Stable = "stable";
    public const string New = "canary";
    public const string TrackLabel = "edgeslim.dev/track";

    public static IReadOnlyList<ManifestFile> Of(Workload workload, Canary canary) =>
    [
        new("service-stable.yaml", ManifestBuilder.Service(workload, Stable)),
        new("service-canary.yaml", ManifestBuilder.Service(workload, New)),
        new($"{New}.yaml", ManifestBuilder.Running(workload, New)),
        canary.Router == CanaryRouter.Istio
            ? new ManifestFile("virtualservice.yaml", VirtualService(workload, canary))
            : new ManifestFile("httproute.yaml", HttpRoute(workload, canary)),
    ];

    private static CustomObject VirtualService(Workload workload, Canary canary) => new(
        "networking.istio.io/v1", "VirtualService", ManifestBuilder.Metadata(workload), new
        {
            hosts = new[] { workload.Name },
            gateways = canary.Gateway is string gateway ? new[] { gateway, "mesh" } : null,
            http = new[]
            {
                new
                {
                    route = Shares(workload, canary).Select(s => new
                    {
                        destination = new { host = s.Service, port = new { number = s.Port } },
                        weight = s.Weight,
                    }),
                },
            },
        });

    private static CustomObject HttpRoute(Workload workload, Canary canary)
    {
        string[] gateway = canary.Gateway?.Split('/', 2) ?? [];
        return new CustomObject("gateway.networking.k8s.io/v1", "HTTPRoute", ManifestBuilder.Metadata(workload), new
        {
            parentRefs = new[]
            {
                gateway.Length == 0
                    ? new ParentReference("", "Service", workload.Name, null)
                    : new ParentReference(null, null, gateway[^1], gateway.Length == 2 ? gateway[0] : null),
            },
            rules = new[]
            {
                new { backendRefs = Shares(workload, canary).Select(s => new { name = s.Service, port = s.Port, weight = s.Weight }) },
            },
        });
    }

    private static IEnumerable<(string Service, int Port, int Weight)> Shares(Workload workload, Canary canary) =>
    [
        ($"{workload.Name}-{Stable}", PortOf(workload), 100 - canary.Weight),
        ($"{workload.Name}-{New}", PortOf(workload), canary.Weight),
    ];

    private static int PortOf(Workload workload) =>
        (workload.Ports.FirstOrDefault(p => p.Name == WorkloadPort.Http) ?? workload.Ports.First(p => p.Protocol == WorkloadPort.Tcp)).Number;

    private sealed record ParentReference(string? Group, string? Kind, string Name, string? Namespace);
}
