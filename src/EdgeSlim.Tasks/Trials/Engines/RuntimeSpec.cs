using System.Text.Json.Nodes;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// What an OCI runtime is told of a container: its <c>config.json</c> (runtime-spec 1.0, config.md and config-linux.md), with as
/// little as an application can live with. Pure.
/// </summary>
internal static class RuntimeSpec
{
    private const int Period = 100_000;

    /// <summary>Writes it.</summary>
    /// <param name="program">What is started.</param>
    /// <param name="profile">How it is confined.</param>
    /// <param name="mounts">What is mounted into the image.</param>
    /// <param name="hasUsers">Whether it gets a user namespace.</param>
    /// <param name="cgroup">The control group that the runtime makes; null where one is there already.</param>
    /// <param name="gate">The shell script that the runtime runs before it starts the program, its name and its arguments.</param>
    /// <param name="seccomp">The seccomp profile; null for none.</param>
    /// <returns>The document.</returns>
    public static JsonObject Write(
        TrialProgram program, TrialProfile profile, IReadOnlyList<TrialMount> mounts, bool hasUsers, string? cgroup, string[] gate, JsonNode? seccomp)
    {
        JsonObject linux = new()
        {
            ["namespaces"] = new JsonArray([.. NamespacesOf(profile, hasUsers).Select(n => new JsonObject { ["type"] = n })]),
            ["maskedPaths"] = Texts(KernelPaths.Hidden),
            ["readonlyPaths"] = Texts(KernelPaths.ReadOnly),
        };
        if (hasUsers)
        {
            linux["uidMappings"] = Mappings();
            linux["gidMappings"] = Mappings();
        }

        if (cgroup is not null)
        {
            linux["cgroupsPath"] = "/" + cgroup;
            linux["resources"] = Resources(profile);
        }

        if (seccomp is not null)
        {
            linux["seccomp"] = seccomp;
        }

        return new JsonObject
        {
            ["ociVersion"] = "1.0.2",
            ["process"] = new JsonObject
            {
                ["terminal"] = false,
                ["user"] = new JsonObject
                {
                    ["uid"] = program.UserId,
                    ["gid"] = program.GroupIds[0],
                    ["additionalGids"] = new JsonArray([.. program.GroupIds.Skip(1).Select(g => JsonValue.Create(g))]),
                },
                ["args"] = Texts(program.Command),
                ["env"] = Texts(program.Environment.Select(v => $"{v.Key}={v.Value}")),
                ["cwd"] = program.Folder,
                ["capabilities"] = new JsonObject(
                    ((string[])["bounding", "effective", "permitted", "inheritable", "ambient"])
                        .Select(set => KeyValuePair.Create<string, JsonNode?>(set, new JsonArray()))),
                ["noNewPrivileges"] = true,
            },
            ["root"] = new JsonObject { ["path"] = "rootfs", ["readonly"] = true },
            ["hostname"] = "trial",
            ["mounts"] = new JsonArray([.. MountsOf(mounts)]),
            ["hooks"] = new JsonObject
            {
                ["createRuntime"] = new JsonArray(new JsonObject { ["path"] = "/bin/sh", ["args"] = Texts(["sh", "-c", .. gate]) }),
            },
            ["linux"] = linux,
        };
    }

    private static JsonObject Resources(TrialProfile profile)
    {
        JsonObject memory = new() { ["limit"] = profile.MemoryBytes, ["swap"] = profile.MemoryBytes };
        JsonObject cpu = new() { ["quota"] = profile.MilliCpus * (Period / 1000), ["period"] = Period };
        if (profile.RequestedMemoryBytes is long requested)
        {
            memory["reservation"] = requested;
        }

        if (profile.CpuShares is int shares)
        {
            cpu["shares"] = shares;
        }

        return new JsonObject { ["memory"] = memory, ["cpu"] = cpu };
    }

    // An engine gives 'any network' its own bridge. A bare runtime has none, and leaves the container in that of the machine.
    private static IEnumerable<string> NamespacesOf(TrialProfile profile, bool hasUsers) =>
    [
        "pid", "ipc", "uts", "mount",
        .. profile.Network == TrialProfile.NoNetwork ? (string[])["network"] : [],
        .. hasUsers ? (string[])["user"] : [],
    ];

    private static JsonArray Mappings() => new(
        Mapping(0, UserNamespace.Root, 1), Mapping(1, 1, UserNamespace.Root - 1));

    private static JsonObject Mapping(int container, int host, int size) =>
        new() { ["containerID"] = container, ["hostID"] = host, ["size"] = size };

    private static IEnumerable<JsonObject> MountsOf(IReadOnlyList<TrialMount> mounts)
    {
        yield return Mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        yield return Mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
        yield return Mount("/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620");
        yield return Mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k");
        yield return Mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro");
        yield return Mount("/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "relatime", "ro");
        yield return Mount("/tmp", "tmpfs", "tmpfs", "nosuid", "nodev", "mode=1777");
        foreach (TrialMount mount in mounts)
        {
            yield return mount.Source is null
                ? Mount(mount.Target, "tmpfs", "tmpfs", "nosuid", "nodev", "mode=1777")
                : Mount(mount.Target, "bind", mount.Source, "rbind", mount.IsReadOnly ? "ro" : "rw");
        }
    }

    private static JsonObject Mount(string target, string type, string source, params string[] options) => new()
    {
        ["destination"] = target,
        ["type"] = type,
        ["source"] = source,
        ["options"] = Texts(options),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
