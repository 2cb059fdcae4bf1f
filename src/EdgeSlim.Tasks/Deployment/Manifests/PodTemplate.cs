using k8s.Models;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>The pod of an application: as little as it can live with, which is what it was tried with. Pure.</summary>
internal static class PodTemplate
{
    private const string ConfigVolume = "config";
    private const int CheckSeconds = 10;

    public static V1PodTemplateSpec Of(Workload workload, IDictionary<string, string> labels, string image) => new()
    {
        Metadata = new V1ObjectMeta { Labels = labels },
        Spec = new V1PodSpec
        {
            ServiceAccountName = workload.Name,
            // An agent has no business with the cluster's API.
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            RuntimeClassName = workload.RuntimeClass,
            TerminationGracePeriodSeconds = workload.GraceSeconds,
            SecurityContext = new V1PodSecurityContext
            {
                RunAsNonRoot = true,
                RunAsUser = workload.UserId,
                RunAsGroup = workload.GroupId,
                SeccompProfile = workload.SeccompProfile is string profile
                    ? new V1SeccompProfile { Type = "Localhost", LocalhostProfile = profile }
                    : new V1SeccompProfile { Type = "RuntimeDefault" },
            },
            NodeSelector = workload.NodeSelector.Count == 0 ? null : Sorted(workload.NodeSelector),
            Tolerations = workload.Tolerations.Count == 0 ? null : [.. workload.Tolerations.Select(Of)],
            Containers = [Container(workload, image)],
            Volumes = Volumes(workload),
        },
    };

    public static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    public static IList<V1EnvVar> Variables(IReadOnlyDictionary<string, string> variables) =>
        [.. variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => new V1EnvVar { Name = v.Key, Value = v.Value })];

    private static V1Container Container(Workload workload, string image)
    {
        V1EnvVar[] variables =
        [
            .. Variables(workload.Environment),
            .. workload.Secrets.Select(s => new V1EnvVar
            {
                Name = s.Variable,
                ValueFrom = new V1EnvVarSource
                {
                    SecretKeyRef = new V1SecretKeySelector { Name = s.Secret, Key = s.Key, Optional = s.IsOptional ? true : null },
                },
            }),
        ];
        return new V1Container
        {
            Name = workload.Name,
            Image = image,
            ImagePullPolicy = "IfNotPresent",
            Ports = workload.Ports.Count == 0
                ? null
                : [.. workload.Ports.Select(p => new V1ContainerPort { Name = p.Name, ContainerPort = p.Number, Protocol = p.Protocol })],
            Env = variables.Length == 0 ? null : variables,
            Resources = new V1ResourceRequirements
            {
                Requests = Quantities(workload.Resources.RequestCpu, workload.Resources.RequestMemory),
                Limits = Quantities(workload.Resources.LimitCpu, workload.Resources.LimitMemory),
            },
            StartupProbe = Probe(workload, 1, workload.Probe?.StartupSeconds),
            ReadinessProbe = Probe(workload, CheckSeconds, null),
            LivenessProbe = Probe(workload, CheckSeconds, null),
            SecurityContext = new V1SecurityContext
            {
                AllowPrivilegeEscalation = false,
                Privileged = false,
                ReadOnlyRootFilesystem = true,
                Capabilities = new V1Capabilities { Drop = ["ALL"] },
            },
            VolumeMounts =
            [
                .. workload.ConfigFolder is string folder
                    ? [new V1VolumeMount { Name = ConfigVolume, MountPath = folder, ReadOnlyProperty = true }]
                    : Array.Empty<V1VolumeMount>(),
                .. Writable(workload).Select((path, i) => new V1VolumeMount { Name = WritableName(i), MountPath = path }),
            ],
        };
    }

    private static Dictionary<string, ResourceQuantity> Quantities(string cpu, string memory) => new()
    {
        ["cpu"] = new ResourceQuantity(cpu),
        ["memory"] = new ResourceQuantity(memory),
    };

    private static V1Probe? Probe(Workload workload, int period, int? failures) => workload.Probe is not WorkloadProbe probe
        ? null
        : new V1Probe
        {
            HttpGet = probe.Path is string path ? new V1HTTPGetAction { Path = path, Port = probe.Port } : null,
            TcpSocket = probe.Path is null ? new V1TCPSocketAction { Port = probe.Port } : null,
            PeriodSeconds = period,
            FailureThreshold = failures,
        };

    // In memory, as in the trial: it counts towards the limit, and nothing of it stays.
    private static IList<V1Volume> Volumes(Workload workload) =>
    [
        .. workload.ConfigFolder is null
            ? Array.Empty<V1Volume>()
            : [new V1Volume { Name = ConfigVolume, ConfigMap = new V1ConfigMapVolumeSource { Name = workload.Name } }],
        .. Writable(workload).Select((_, i) => new V1Volume
        {
            Name = WritableName(i),
            EmptyDir = new V1EmptyDirVolumeSource { Medium = "Memory" },
        }),
    ];

    private static IEnumerable<string> Writable(Workload workload) => workload.WritableFolders.Prepend("/tmp").Distinct(StringComparer.Ordinal);

    private static string WritableName(int index) => index == 0 ? "tmp" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"writable-{index}");

    private static V1Toleration Of(NodeToleration toleration) => new()
    {
        Key = toleration.Key,
        OperatorProperty = toleration.Value is null ? "Exists" : "Equal",
        Value = toleration.Value,
        Effect = toleration.Effect,
        TolerationSeconds = toleration.Seconds,
    };
}
