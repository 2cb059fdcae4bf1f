using System.Text;
using EdgeSlim.Deployment.Manifests;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Deployment;

/// <summary>Applications and sites that tests begin with.</summary>
internal static class WorkloadSamples
{
    public static Digest First { get; } = Digest.Of("first"u8);

    public static Digest Second { get; } = Digest.Of("second"u8);

    public static Workload Agent() => new()
    {
        Name = "agent",
        Image = "ghcr.io/acme/agent",
        Digest = First,
        GraceSeconds = 10,
        Resources = new WorkloadResources("50m", "48Mi", "500m", "100Mi"),
        UserId = 65532,
        GroupId = 65532,
    };

    /// <summary>One that has all that there is.</summary>
    public static Workload Gateway() => Agent() with
    {
        Name = "gateway",
        Image = "ghcr.io/acme/gateway",
        Namespace = "edge",
        Replicas = 2,
        Ports = [new WorkloadPort("udp-5683", 5683, "UDP"), new WorkloadPort("http", 8080, "TCP")],
        Probe = new WorkloadProbe(8080, "/healthz", 30),
        Environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x2000000" },
        Secrets = [new SecretVariable("Mqtt__Password", "mqtt", "password", IsOptional: true)],
        ConfigFolder = "/etc/gateway",
        Config = [Entry("site.json", "{\n  \"Site\": \"none\"\n}\n"), Entry("limits.json", "{}")],
        SeccompProfile = "edgeslim/gateway.json",
        RuntimeClass = "gvisor",
        NodeSelector = new Dictionary<string, string> { ["kubernetes.io/arch"] = "arm64" },
        Tolerations = [new NodeToleration("edge", "yes", "NoSchedule", null)],
        Labels = new Dictionary<string, string> { ["team"] = "field" },
        WritableFolders = ["/var/spool/gateway"],
        Egress = [new EgressRule(null, []), new EgressRule("10.0.0.0/8", [new WorkloadPort("tcp-8883", 8883, "TCP")])],
    };

    public static IReadOnlyList<Site> Sites() =>
    [
        new Site
        {
            Name = "oslo",
            Namespace = "oslo",
            Replicas = 3,
            Modules = ["monitor", "trace"],
            Config = [Entry("site.json", "{\n  \"Site\": \"Oslo\"\n}\n"), Entry("extra.txt", "on")],
            Environment = new Dictionary<string, string> { ["Region"] = "no" },
            NodeSelector = new Dictionary<string, string> { ["site"] = "oslo" },
            Image = "registry.oslo.example/acme/gateway",
        },
        new Site { Name = "plain" },
    ];

    public static ConfigEntry Entry(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
