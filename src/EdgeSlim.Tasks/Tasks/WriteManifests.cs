using System.Globalization;
using System.Text;
using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Deployment.Manifests;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Profiles;
using EdgeSlim.Results;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Stress;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ManifestSet"/> and <see cref="ManifestFolder"/>: reads how the application is to run.</summary>
public sealed class WriteManifests : EdgeTask
{
    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The plan of the image, which names its repository.</summary>
    [Required]
    public string PlanFile { get; set; } = "";

    /// <summary>The folder that relative paths are relative to.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>EdgeManifestRegistry, or the first of ContainerRegistry; empty for none.</summary>
    public string ManifestRegistry { get; set; } = "";

    /// <summary>EdgeWorkload.</summary>
    public string Kind { get; set; } = "";

    /// <summary>EdgeReplicas.</summary>
    public string Replicas { get; set; } = "";

    /// <summary>EdgeNamespace; empty for none.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>EdgeRuntimeClass; empty for none.</summary>
    public string RuntimeClass { get; set; } = "";

    /// <summary>The folder of all results: limits, profiles, and the marks of the gates.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <summary>EdgeCpuLimit.</summary>
    public string CpuLimit { get; set; } = "";

    /// <summary>EdgeMemoryLimit.</summary>
    public string MemoryLimit { get; set; } = "";

    /// <summary>EdgeManifestSeccomp.</summary>
    public string Seccomp { get; set; } = "";

    /// <summary>The seccomp profile that the manifests name; empty where they name none.</summary>
    [Output]
    public string UsedSeccompFile { get; set; } = "";

    /// <summary>EdgeTrialHttp.</summary>
    public string Http { get; set; } = "";

    /// <summary>EdgeTrialPort.</summary>
    public string Port { get; set; } = "";

    /// <summary>EdgeTrialTimeout.</summary>
    public string Timeout { get; set; } = "";

    /// <summary>EdgeMaxStop.</summary>
    public string MaxStop { get; set; } = "";

    /// <summary>EdgeTrialMount, of which those in memory are taken.</summary>
    public ITaskItem[] Mounts { get; set; } = [];

    /// <summary>EdgeConfigFolder.</summary>
    public string ConfigFolder { get; set; } = "";

    /// <summary>EdgeConfigFile.</summary>
    public ITaskItem[] ConfigFiles { get; set; } = [];

    /// <summary>EdgeSecret.</summary>
    public ITaskItem[] Secrets { get; set; } = [];

    /// <summary>EdgeNodeSelector.</summary>
    public ITaskItem[] NodeSelectors { get; set; } = [];

    /// <summary>EdgeToleration.</summary>
    public ITaskItem[] Tolerations { get; set; } = [];

    /// <summary>EdgeEgress.</summary>
    public ITaskItem[] Egress { get; set; } = [];

    /// <summary>EdgeManifestLabel.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary>EdgeCanary.</summary>
    public string Canary { get; set; } = "";

    /// <summary>EdgeCanaryWeight.</summary>
    public string CanaryWeight { get; set; } = "";

    /// <summary>EdgeStableDigest.</summary>
    public string StableDigest { get; set; } = "";

    /// <summary>EdgeGateway; empty for none.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>EdgePrePull.</summary>
    public string PrePull { get; set; } = "";

    /// <summary>EdgeSite.</summary>
    public ITaskItem[] Sites { get; set; } = [];

    /// <summary>The folder of the manifests; empty for none.</summary>
    public string OutputFolder { get; set; } = "";

    /// <summary>EdgeGitOpsDir; empty for none.</summary>
    public string GitOpsFolder { get; set; } = "";

    /// <summary>The file of all objects for a bundle; empty for none.</summary>
    public string BundledFile { get; set; } = "";

    /// <summary>EdgeBundleSite: the site that the bundle is for; empty for the base.</summary>
    public string BundledSite { get; set; } = "";

    /// <summary>The name of the objects.</summary>
    [Output]
    public string Name { get; set; } = "";

    /// <summary>The image's name with its registry, as the objects of the bundle have it.</summary>
    [Output]
    public string Image { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        (Workload workload, IReadOnlyList<Site> sites) = await ReadAsync(cancellationToken);
        IReadOnlyDictionary<string, string> files = ManifestSet.Write(workload, sites);
        foreach (string folder in new[] { OutputFolder, GitOpsFolder }.Where(f => f.Length > 0))
        {
            IReadOnlyList<string> changed = new ManifestFolder(folder).Write(files);
            Diagnostics.Important(
                $"{workload.Name}: {files.Count} manifests in {folder}, {(changed.Count == 0 ? "none" : changed.Count)} changed.");
            foreach (string file in changed)
            {
                Diagnostics.Information($"{folder}: {file}");
            }
        }

        Workload bundled = BundledSite.Length == 0 ? workload
            : sites.FirstOrDefault(s => s.Name == BundledSite)?.ApplyTo(workload)
                ?? throw new EdgeException(
                    DiagnosticCodes.UnknownBundleSite, BundledSite, sites.Count == 0 ? "none" : string.Join(", ", sites.Select(s => s.Name)));
        (Name, Image) = (bundled.Name, bundled.Image);
        if (BundledFile.Length > 0)
        {
            await StageFile.WriteAsync(BundledFile, Encoding.UTF8.GetBytes(ManifestSet.WriteWhole(bundled)), cancellationToken);
        }
    }

    private async Task<(Workload Workload, IReadOnlyList<Site> Sites)> ReadAsync(CancellationToken cancellationToken)
    {
        LayoutTree tree = File.Exists(Path.Combine(LayoutFolder, "index.json"))
            ? new ImageLayout(LayoutFolder).ReadTree()
            : throw new EdgeException(DiagnosticCodes.NothingToDeploy, LayoutFolder);
        PassedGates.Require(ResultsFolder, LayoutFolder, tree);
        ImagePlan plan = await StageFile.ReadAsync(PlanFile, PlanJson.Documents.ImagePlan, cancellationToken);
        ContainerConfig? config = tree.Images[0].Config.Config;
        Readiness readiness = ReadinessReader.Read(Http, Port, "", false, "", config);
        DeviceLimits limits = ReadLimits(tree);
        (int user, int group) = WorkloadItems.User(config?.User);
        IReadOnlyList<WorkloadPort> ports = WorkloadItems.Ports(config?.ExposedPorts?.Keys ?? [], readiness.HttpPath is null ? null : readiness.Port);
        WorkloadKind kind = OneOf<WorkloadKind>("EdgeWorkload", Kind);
        bool isEdge = kind == WorkloadKind.KubeEdge;
        Dictionary<string, string> selector = isEdge ? new(WorkloadItems.EdgeNodes) : [];
        foreach (ITaskItem item in NodeSelectors)
        {
            selector[item.ItemSpec] = item.GetMetadata("Value");
        }

        string name = WorkloadItems.NameOf(plan.Repository);
        Workload workload = new()
        {
            Name = name,
            Image = ImageName(plan.Repository),
            Digest = tree.Root.Digest,
            Kind = kind,
            Namespace = Namespace.Length == 0 ? null : WorkloadItems.CheckNamespace("EdgeNamespace", Namespace),
            Replicas = Whole("EdgeReplicas", Replicas, 0, 10_000),
            Ports = ports,
            Probe = readiness.Port is int port ? new WorkloadProbe(port, readiness.HttpPath, Seconds("EdgeTrialTimeout", Timeout)) : null,
            GraceSeconds = Seconds("EdgeMaxStop", MaxStop),
            Resources = limits.ToResources(),
            Environment = limits.Environment ?? new Dictionary<string, string>(),
            Secrets = [.. Secrets.Select(s => new SecretVariable(
                s.ItemSpec, s.GetMetadata("Name"), s.GetMetadata("Key") is { Length: > 0 } key ? key : s.ItemSpec, Flag("EdgeSecret", s.GetMetadata("Optional"))))],
            ConfigFolder = ConfigFiles.Length > 0 || Sites.Any(s => s.GetMetadata("Config").Length > 0) ? ConfigFolder : null,
            Config = WorkloadItems.Config("EdgeConfigFile", ConfigFiles.Select(f => (f.GetMetadata("FullPath"), f.GetMetadata("Key")))),
            UserId = user,
            GroupId = group,
            SeccompProfile = SeccompProfile(name, tree),
            RuntimeClass = RuntimeClass.Length == 0 ? null : RuntimeClass,
            NodeSelector = selector,
            Tolerations =
            [
                .. isEdge ? WorkloadItems.EdgeTolerations : [],
                .. Tolerations.Select(t => WorkloadItems.Toleration(t.ItemSpec, t.GetMetadata("Value"), t.GetMetadata("Effect"), t.GetMetadata("Seconds"))),
            ],
            Labels = Labels.ToDictionary(l => l.ItemSpec, l => l.GetMetadata("Value"), StringComparer.Ordinal),
            WritableFolders = [.. Mounts.Where(m => m.GetMetadata("Type").Equals("tmpfs", StringComparison.OrdinalIgnoreCase)).Select(m => m.ItemSpec)],
            Egress = [.. Egress.Select(e => WorkloadItems.Egress(e.ItemSpec, e.GetMetadata("Ports")))],
            Canary = ReadCanary(kind, ports),
            PrePull = Flag("EdgePrePull", PrePull),
        };
        string[]? modules = config?.Labels?.GetValueOrDefault("dev.edgeslim.modules") is string list
            ? [.. list.Split(',').Where(m => m != "none")]
            : null;
        return (workload, [.. Sites.Select(s => WorkloadItems.Site(s.ItemSpec, s.GetMetadata, workload, modules, ProjectFolder))]);
    }

    private string ImageName(string repository) => ManifestRegistry.Length == 0
        ? ContainerEngine.Containerd.NameOf(repository)
        : $"{ManifestRegistry.TrimEnd('/')}/{repository}";

    private DeviceLimits ReadLimits(LayoutTree tree) =>
        DeviceLimits.Read(FindResult(tree, StressFiles.Limits, "EdgeCpuLimit and EdgeMemoryLimit are", "EdgeStress"), CpuLimit, MemoryLimit);

    // What was found out about another image says nothing about this one; a user who expects it to is told.
    private string FindResult(LayoutTree tree, string name, string instead, string target)
    {
        string? found = tree.Images.Select(i => new ImageResults(ResultsFolder, i.Descriptor.Digest).PathOf(name)).FirstOrDefault(File.Exists);
        if (found is null && ImageResults.FindOfAny(ResultsFolder, name) is var (other, image))
        {
            Diagnostics.Warning(DiagnosticCodes.ResultOfAnotherImage, other, image, instead, target);
        }

        return found ?? "";
    }

    private string? SeccompProfile(string name, LayoutTree tree) => Seccomp switch
    {
        "RuntimeDefault" => null,
        "" or "auto" => (UsedSeccompFile = FindResult(tree, ProfileFiles.Seccomp, "RuntimeDefault is", "EdgeProfile")).Length > 0 ? $"edgeslim/{name}.json" : null,
        _ => throw new EdgeException(DiagnosticCodes.InvalidPropertyValue, "EdgeManifestSeccomp", Seccomp, "auto, RuntimeDefault"),
    };

    private Canary? ReadCanary(WorkloadKind kind, IReadOnlyList<WorkloadPort> ports)
    {
        CanaryRouter router = OneOf<CanaryRouter>("EdgeCanary", Canary);
        if (router == CanaryRouter.None)
        {
            return null;
        }

        if (kind == WorkloadKind.DaemonSet || !ports.Any(p => p.Protocol == WorkloadPort.Tcp) || !Oci.Digest.TryParse(StableDigest.Split('@')[^1], out Digest stable))
        {
            throw new EdgeException(DiagnosticCodes.CanaryIncomplete, StableDigest, kind, ports.Count);
        }

        return new Canary(router, Whole("EdgeCanaryWeight", CanaryWeight, 0, 100), stable, Gateway.Length == 0 ? null : Gateway);
    }

    private static int Seconds(string property, string value) =>
        (int)Math.Ceiling(Quantity.Duration(property, value, TimeSpan.FromSeconds(1)).TotalSeconds);

    private static int Whole(string property, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new EdgeException(DiagnosticCodes.InvalidPropertyValue, property, value, $"a whole number from {least} to {most}");
}
