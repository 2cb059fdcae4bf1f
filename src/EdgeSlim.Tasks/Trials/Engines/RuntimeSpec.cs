using System.Text.Json.Nodes;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// What an OCI runtime is told of a container: its <c>config.json</c> (runtime-spec 1.0, config.md and config-linux.md), with as
/// little as an application can live with. Pure.
/// </summary>
internal static class RuntimeSpec
{
    private const int Period = 100_000;

    private static readonly string[] Hidden =
        ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/sched_debug", "/proc/scsi", "/sys/firmware"];

    private static readonly string[] ReadOnly = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    /// <summary>Writes it.</summary>
    /// <param name="program">What is started.</param>
    /// <param name="profile">How it is confined.</param>
    /// <param name="emulator">The emulator that it is started by, where there is one.</param>
    /// <param name="cgroup">The control group that the runtime makes; null where one is there already.</param>
    /// <param name="gate">The shell script that the runtime runs before it starts the program.</param>
    /// <param name="seccomp">The seccomp profile; null for none.</param>
    /// <returns>The document.</returns>
    public static JsonObject Write(
        TrialProgram program, TrialProfile profile, string? emulator, string? cgroup, string gate, JsonNode? seccomp)
    {
        JsonObject linux = new()
        {
            ["namespaces"] = new JsonArray([.. NamespacesOf(profile).Select(n => new JsonObject { ["type"] = n })]),
            ["maskedPaths"] = Texts(Hidden),
            ["readonlyPaths"] = Texts(ReadOnly),
        };
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
            ["mounts"] = new JsonArray([.. MountsOf(profile, emulator)]),
            ["hooks"] = new JsonObject
            {
                ["createRuntime"] = new JsonArray(new JsonObject { ["path"] = "/bin/sh", ["args"] = Texts(["sh", "-c", gate]) }),
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
    private static IEnumerable<string> NamespacesOf(TrialProfile profile) =>
        profile.Network == TrialProfile.NoNetwork
            ? ["pid", "ipc", "uts", "mount", "network"]
            : ["pid", "ipc", "uts", "mount"];

    private static IEnumerable<JsonObject> MountsOf(TrialProfile profile, string? emulator)
    {
        yield return Mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        yield return Mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
        yield return Mount("/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620");
        yield return Mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k");
        yield return Mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro");
        yield return Mount("/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "relatime", "ro");
        yield return Mount("/tmp", "tmpfs", "tmpfs", "nosuid", "nodev", "mode=1777");
        if (emulator is not null)
        {
            yield return Mount(TrialProgram.EmulatorTarget, "bind", emulator, "bind", "ro");
        }

        foreach (TrialMount mount in profile.Mounts)
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
