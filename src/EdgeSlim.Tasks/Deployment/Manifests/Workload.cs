using EdgeSlim.Oci;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>What keeps the application running on its nodes.</summary>
public enum WorkloadKind
{
    /// <summary>So many of it, wherever there is room.</summary>
    Deployment,

    /// <summary>One on each node.</summary>
    DaemonSet,

    /// <summary>So many of it, on edge nodes of KubeEdge, which go on without the cluster.</summary>
    KubeEdge,
}

/// <summary>An application as it is to run in a cluster: all that its manifests depend on.</summary>
public sealed record Workload
{
    /// <summary>The longest name that leaves room for what is added to it.</summary>
    internal const int LongestName = 50;

    /// <summary>The name of its objects, a DNS label.</summary>
    public required string Name { get; init; }

    /// <summary>The image's name with its registry, without tag and digest.</summary>
    public required string Image { get; init; }

    /// <summary>The image's digest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>What keeps it running.</summary>
    public WorkloadKind Kind { get; init; }

    /// <summary>The namespace; null for the one that it is applied in.</summary>
    public string? Namespace { get; init; }

    /// <summary>How many of it; not for a DaemonSet.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>The ports that the image exposes, sorted.</summary>
    public IReadOnlyList<WorkloadPort> Ports { get; init; } = [];

    /// <summary>How it is seen that it is well; null where nothing can be asked.</summary>
    public WorkloadProbe? Probe { get; init; }

    /// <summary>How long it has for its end, in seconds.</summary>
    public required int GraceSeconds { get; init; }

    /// <summary>What it is given, and may use.</summary>
    public required WorkloadResources Resources { get; init; }

    /// <summary>Environment variables beside those of the image.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables whose values are in the cluster's secrets.</summary>
    public IReadOnlyList<SecretVariable> Secrets { get; init; } = [];

    /// <summary>Where the configuration's files are in the container; null for no configuration.</summary>
    public string? ConfigFolder { get; init; }

    /// <summary>The configuration's files.</summary>
    public IReadOnlyList<ConfigEntry> Config { get; init; } = [];

    /// <summary>Who it runs as.</summary>
    public required int UserId { get; init; }

    /// <summary>The group that it runs as.</summary>
    public required int GroupId { get; init; }

    /// <summary>The seccomp profile's path below the kubelet's folder for them; null for the runtime's own.</summary>
    public string? SeccompProfile { get; init; }

    /// <summary>The RuntimeClass, such as <c>gvisor</c>; null for the nodes' own runtime.</summary>
    public string? RuntimeClass { get; init; }

    /// <summary>The labels that a node needs to have.</summary>
    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>Taints of nodes that it bears.</summary>
    public IReadOnlyList<NodeToleration> Tolerations { get; init; } = [];

    /// <summary>Labels of all its objects, beside the recommended ones.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Folders in memory that it may write to, beside <c>/tmp</c>.</summary>
    public IReadOnlyList<string> WritableFolders { get; init; } = [];

    /// <summary>Where it may connect to; nowhere where there is none.</summary>
    public IReadOnlyList<EgressRule> Egress { get; init; } = [];

    /// <summary>How it takes the place of what runs now; null for at once.</summary>
    public Canary? Canary { get; init; }

    /// <summary>Whether KubeEdge pulls the image to the nodes beforehand.</summary>
    public bool PrePull { get; init; }

    /// <summary>The image as manifests name it.</summary>
    public string Reference => $"{Image}@{Digest}";
}

/// <summary>A port of the application.</summary>
/// <param name="Name">Its name, for the service.</param>
/// <param name="Number">Its number.</param>
/// <param name="Protocol"><c>TCP</c> or <c>UDP</c>.</param>
public sealed record WorkloadPort(string Name, int Number, string Protocol)
{
    /// <summary>The name of a port that is known to answer HTTP.</summary>
    public const string Http = "http";

    /// <summary>The usual protocol.</summary>
    public const string Tcp = "TCP";
}

/// <summary>How the kubelet sees that the application is well.</summary>
/// <param name="Port">The port that it asks.</param>
/// <param name="Path">The path that answers; null where it only has to accept connections.</param>
/// <param name="StartupSeconds">How long it may take to get ready.</param>
public sealed record WorkloadProbe(int Port, string? Path, int StartupSeconds);

/// <summary>What the application is given, and may use, in Kubernetes' quantities.</summary>
/// <param name="RequestCpu">The processor time that is kept for it.</param>
/// <param name="RequestMemory">The memory that is kept for it.</param>
/// <param name="LimitCpu">The processor time that it may use.</param>
/// <param name="LimitMemory">The memory that it may use.</param>
public sealed record WorkloadResources(string RequestCpu, string RequestMemory, string LimitCpu, string LimitMemory);

/// <summary>An environment variable whose value is in a secret; the value itself is never seen here.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Secret">The secret's name.</param>
/// <param name="Key">The key in it.</param>
/// <param name="IsOptional">Whether it starts without it.</param>
public sealed record SecretVariable(string Variable, string Secret, string Key, bool IsOptional);

/// <summary>A file of the configuration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ConfigEntry(string Name, byte[] Content);

/// <summary>A taint that the application bears.</summary>
/// <param name="Key">The taint.</param>
/// <param name="Value">Its value; null for any.</param>
/// <param name="Effect">The effect that is borne; null for each.</param>
/// <param name="Seconds">How long; null for ever.</param>
public sealed record NodeToleration(string Key, string? Value, string? Effect, long? Seconds);

/// <summary>Where the application may connect to.</summary>
/// <param name="Cidr">The addresses; null for the cluster's DNS.</param>
/// <param name="Ports">The ports; none for all.</param>
public sealed record EgressRule(string? Cidr, IReadOnlyList<WorkloadPort> Ports)
{
    /// <summary>What stands for the cluster's DNS.</summary>
    public const string Dns = "dns";
}

/// <summary>Which objects share the traffic out.</summary>
public enum CanaryRouter
{
    /// <summary>Nothing: the new version takes the place of the old one.</summary>
    None,

    /// <summary>A VirtualService of Istio's.</summary>
    Istio,

    /// <summary>A HTTPRoute of the Gateway API.</summary>
    GatewayApi,
}

/// <summary>The new version beside the one that runs now, with a share of the traffic.</summary>
/// <param name="Router">What shares it out.</param>
/// <param name="Weight">The share of the new version, from 0 to 100.</param>
/// <param name="StableDigest">The image that runs now.</param>
/// <param name="Gateway">The gateway that the traffic comes by, as <c>name</c> or <c>namespace/name</c>; null for what is sent to the service within the cluster.</param>
public sealed record Canary(CanaryRouter Router, int Weight, Digest StableDigest, string? Gateway);
