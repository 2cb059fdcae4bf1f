using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Settings;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>Reads the items and properties that manifests are made of. Reads the files of the configuration, nothing else.</summary>
public static partial class WorkloadItems
{
    private const string EdgeRole = "node-role.kubernetes.io/edge";

    /// <summary>The labels that a node of KubeEdge has.</summary>
    public static IReadOnlyDictionary<string, string> EdgeNodes { get; } = new Dictionary<string, string> { [EdgeRole] = "" };

    /// <summary>What pods on a node of KubeEdge bear: that it is one, and that the cluster does not see it.</summary>
    public static IReadOnlyList<NodeToleration> EdgeTolerations { get; } =
    [
        new(EdgeRole, null, null, null),
        new("node.kubernetes.io/not-ready", null, "NoExecute", null),
        new("node.kubernetes.io/unreachable", null, "NoExecute", null),
    ];

    /// <summary>A name for objects of Kubernetes, made of that of a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <returns>A DNS label.</returns>
    public static string NameOf(string repository)
    {
        string name = NoLabel().Replace(repository.Split('/')[^1].ToLowerInvariant(), "-").Trim('-');
        name = name.Length > Workload.LongestName ? name[..Workload.LongestName].TrimEnd('-') : name;
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"app-{name}".TrimEnd('-') : name;
    }

    /// <summary>The files of the configuration.</summary>
    /// <param name="item">What names them, for messages.</param>
    /// <param name="files">The files, each with the name that it gets; empty for its own.</param>
    /// <returns>The files, sorted by name.</returns>
    /// <exception cref="EdgeException">One is not there, or has the name of another (EDGE7001); they are too large (EDGE7041).</exception>
    public static IReadOnlyList<ConfigEntry> Config(string item, IEnumerable<(string Path, string Key)> files)
    {
        SortedDictionary<string, ConfigEntry> entries = new(StringComparer.Ordinal);
        foreach ((string path, string key) in files.Distinct())
        {
            string name = key.Length == 0 ? Path.GetFileName(path) : key;
            if (!ConfigName().IsMatch(name))
            {
                throw Invalid(item, path, "a file of a ConfigMap is named with letters, digits, '-', '_' and '.'");
            }

            try
            {
                if (!entries.TryAdd(name, new ConfigEntry(name, File.ReadAllBytes(path))))
                {
                    throw Invalid(item, path, $"there is another file '{name}', and both would be in one folder");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Invalid(item, path, e.Message);
            }
        }

        long size = entries.Values.Sum(e => e.Content.LongLength);
        return size <= ConfigurationReader.MaximalSize
            ? [.. entries.Values]
            : throw new EdgeException(
                DiagnosticCodes.ConfigTooLarge, string.Join(", ", entries.Keys.Select(k => $"'{k}'")), size, ConfigurationReader.MaximalSize);
    }

    /// <summary>Reads <c>NAME=value</c> between semicolons.</summary>
    /// <param name="item">What has it, for messages.</param>
    /// <param name="text">The list.</param>
    /// <returns>The pairs.</returns>
    /// <exception cref="EdgeException">There is no <c>=</c> (EDGE7001).</exception>
    public static IReadOnlyDictionary<string, string> Pairs(string item, string text)
    {
        SortedDictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach (string pair in List(text))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw Invalid(item, pair, "it is not NAME=value");
            }

            pairs[pair[..equals].Trim()] = pair[(equals + 1)..].Trim();
        }

        return pairs;
    }

    /// <summary>EdgeToleration.</summary>
    /// <param name="key">The taint.</param>
    /// <param name="value">Its metadata Value.</param>
    /// <param name="effect">Its metadata Effect.</param>
    /// <param name="seconds">Its metadata Seconds.</param>
    /// <returns>The toleration.</returns>
    /// <exception cref="EdgeException">It is none (EDGE7001).</exception>
    public static NodeToleration Toleration(string key, string value, string effect, string seconds) =>
        effect is not ("" or "NoSchedule" or "PreferNoSchedule" or "NoExecute")
            ? throw Invalid("EdgeToleration", key, $"its Effect is '{effect}', and not NoSchedule, PreferNoSchedule or NoExecute")
            : new NodeToleration(
                key, value.Length == 0 ? null : value, effect.Length == 0 ? null : effect, seconds.Length == 0 ? null : Number("EdgeToleration", key, "Seconds", seconds, 0, int.MaxValue));

    /// <summary>EdgeEgress.</summary>
    /// <param name="to">Addresses in CIDR form, or <c>dns</c>.</param>
    /// <param name="ports">Its metadata Ports.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="EdgeException">It is none (EDGE7001).</exception>
    public static EgressRule Egress(string to, string ports) =>
        to.Equals(EgressRule.Dns, StringComparison.OrdinalIgnoreCase) ? new EgressRule(null, [])
        : !IPNetwork.TryParse(to, out _) ? throw Invalid("EdgeEgress", to, "it is neither 'dns' nor addresses such as 10.0.0.0/8")
        : new EgressRule(to, [.. List(ports).Select(p => Port("EdgeEgress", to, p))]);

    /// <summary>The ports of an image (image-spec 1.1, config.md, "ExposedPorts").</summary>
    /// <param name="exposed">The image's ports.</param>
    /// <param name="http">The port that answers HTTP; null for none that is known.</param>
    /// <returns>The ports, sorted.</returns>
    public static IReadOnlyList<WorkloadPort> Ports(IEnumerable<string> exposed, int? http) =>
    [
        .. exposed
            .Select(p => Port("ContainerPort", p, p))
            .Select(p => p.Protocol == WorkloadPort.Tcp && p.Number == http ? p with { Name = WorkloadPort.Http } : p)
            .OrderBy(p => p.Number).ThenBy(p => p.Protocol, StringComparer.Ordinal),
    ];

    /// <summary>Who the image runs as, in numbers: kubelets do not read its list of users.</summary>
    /// <param name="user">The image's user; empty for none.</param>
    /// <returns>User and group.</returns>
    /// <exception cref="EdgeException">It is root, or nobody knows its number (EDGE7003).</exception>
    public static (int User, int Group) User(string? user)
    {
        string[] parts = (string.IsNullOrEmpty(user) ? "65532:65532" : user).Split(':', 2);
        int id = Id(parts[0]);
        int group = parts.Length > 1 ? Id(parts[1]) : id;
        return id > 0 && group >= 0 ? (id, group) : throw new EdgeException(DiagnosticCodes.ImageUserUnfit, user);
    }

    /// <summary>A site.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="metadata">Gives its metadata.</param>
    /// <param name="workload">The application.</param>
    /// <param name="modules">The modules of the image; null for an application that has none.</param>
    /// <param name="projectFolder">What paths are relative to.</param>
    /// <returns>The site.</returns>
    /// <exception cref="EdgeException">It cannot be understood (EDGE7001).</exception>
    public static Site Site(string name, Func<string, string> metadata, Workload workload, IReadOnlyCollection<string>? modules, string projectFolder)
    {
        const string Item = "EdgeSite";
        if (!Label().IsMatch(name))
        {
            throw Invalid(Item, name, "its name has to be a DNS label: small letters, digits and '-'");
        }

        string digest = metadata("Digest");
        string[]? chosen = metadata("Modules") is { Length: > 0 } list ? ReadModules(name, list, digest.Length > 0 ? null : modules ?? []) : null;
        string registry = metadata("Registry");
        return new Site
        {
            Name = name,
            Namespace = Optional(metadata("Namespace")) is string space ? CheckNamespace(Item, space) : null,
            Replicas = Optional(metadata("Replicas")) is string replicas ? Number(Item, name, "Replicas", replicas, 0, 10_000) : null,
            Modules = chosen,
            Config = Config(Item, List(metadata("Config")).Select(p => (Path.GetFullPath(Path.Combine(projectFolder, p)), ""))),
            Environment = Pairs($"{Item} {name}", metadata("Environment")),
            NodeSelector = Pairs($"{Item} {name}", metadata("NodeSelector")),
            Image = registry.Length == 0 ? null : registry.TrimEnd('/') + workload.Image[workload.Image.IndexOf('/', StringComparison.Ordinal)..],
            Digest = digest.Length == 0 ? null : Digest.TryParse(digest, out Digest own) ? own : throw Invalid(Item, name, $"its Digest '{digest}' is none"),
            RuntimeClass = Optional(metadata("RuntimeClass")),
        };
    }

    /// <summary>A namespace's name.</summary>
    /// <param name="item">What has it, for messages.</param>
    /// <param name="name">The name.</param>
    /// <returns>The name.</returns>
    /// <exception cref="EdgeException">It is none (EDGE7001).</exception>
    public static string CheckNamespace(string item, string name) =>
        Label().IsMatch(name) ? name : throw Invalid(item, name, "a namespace is a DNS label: small letters, digits and '-'");

    /// <summary>A list between semicolons.</summary>
    /// <param name="text">The list.</param>
    /// <returns>Its entries.</returns>
    public static IEnumerable<string> List(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string[] ReadModules(string site, string list, IReadOnlyCollection<string>? known)
    {
        string[] names = [.. list.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        names = names is ["none"] ? [] : names;
        return known is null || names.FirstOrDefault(n => !known.Contains(n)) is not string missing
            ? names
            : throw Invalid("EdgeSite", site, $"the image has no module '{missing}'; it has {(known.Count == 0 ? "none" : string.Join(", ", known))}. Turn it on, or name the image that has it as Digest");
    }

    private static int Number(string item, string name, string metadata, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Invalid(item, name, $"its {metadata} '{text}' is not a whole number from {least} to {most}");

    private static WorkloadPort Port(string item, string name, string text)
    {
        string[] parts = text.Split('/', 2);
        string protocol = parts.Length == 1 ? WorkloadPort.Tcp : parts[1].ToUpperInvariant();
        return protocol is WorkloadPort.Tcp or "UDP" or "SCTP"
            ? new WorkloadPort($"{protocol.ToLowerInvariant()}-{parts[0]}", Number(item, name, "port", parts[0], 1, 65535), protocol)
            : throw Invalid(item, name, $"'{text}' is no port such as 8883 or 53/udp");
    }

    private static int Id(string text) => text switch
    {
        "nonroot" => 65532,
        "nobody" or "nogroup" => 65534,
        _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : -1,
    };

    private static string? Optional(string text) => text.Length == 0 ? null : text;

    private static EdgeException Invalid(string item, string name, string wrong) =>
        new(DiagnosticCodes.InvalidManifestItem, item, name, wrong);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLabel();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,252}\z")]
    private static partial Regex ConfigName();
}
