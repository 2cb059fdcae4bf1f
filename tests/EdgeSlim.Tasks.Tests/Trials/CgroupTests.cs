using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Tests.Trials;

/// <summary>Both versions of control groups, on files as the kernel writes them.</summary>
[TestClass]
public sealed class CgroupTests
{
    // A machine with both versions, where the controllers belong to the first.
    private const string HybridGroups =
        """
        4:memory:/libpod_parent/libpod-b78e
        3:cpuset:/libpod_parent/libpod-b78e
        2:cpu,cpuacct:/libpod_parent/libpod-b78e
        1:name=systemd:/libpod_parent/libpod-b78e
        0::/libpod_parent/libpod-b78e
        """;

    private const string HybridMounts =
        """
        31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
        33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:4 - cgroup cgroup rw,cpu,cpuacct
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
        """;

    private const string UnifiedGroups = "0::/machine.slice/libpod-b78e.scope/container\n";
    private const string UnifiedMounts = "29 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

    [TestMethod]
    public void Version_1_is_found_where_its_controllers_are_mounted() => Assert.AreEqual(
        new CgroupPaths(
            "/sys/fs/cgroup/memory/libpod_parent/libpod-b78e",
            "/sys/fs/cgroup/cpu,cpuacct/libpod_parent/libpod-b78e",
            "/sys/fs/cgroup/cpu,cpuacct/libpod_parent/libpod-b78e",
            IsUnified: false),
        CgroupPaths.Find(HybridGroups, HybridMounts));

    [TestMethod]
    public void Version_2_is_found_in_its_one_hierarchy()
    {
        const string folder = "/sys/fs/cgroup/machine.slice/libpod-b78e.scope/container";
        Assert.AreEqual(new CgroupPaths(folder, folder, folder, IsUnified: true), CgroupPaths.Find(UnifiedGroups, UnifiedMounts));
    }

    [TestMethod]
    public void In_a_container_the_part_that_is_mounted_is_the_root()
    {
        const string mounts = "35 31 0:32 /docker/ci /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
        Assert.AreEqual("/sys/fs/cgroup/memory/inner", CgroupPaths.Find("4:memory:/docker/ci/inner\n", mounts).Memory);
        Assert.AreEqual("/sys/fs/cgroup/memory", CgroupPaths.Find("4:memory:/docker/ci\n", mounts).Memory);
        Assert.IsNull(CgroupPaths.Find("4:memory:/docker/city\n", mounts).Memory);
    }

    [TestMethod]
    public void Version_1_says_what_was_used()
    {
        CgroupReading reading = CgroupReading.Parse(CgroupPaths.Find(HybridGroups, HybridMounts), Files(
            ("memory.max_usage_in_bytes", "104857600\n"),
            ("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n"),
            ("cpuacct.usage", "35820417\n")));

        Assert.AreEqual(new CgroupReading(104_857_600, TimeSpan.FromTicks(358_204), 1), reading);
    }

    [TestMethod]
    public void Version_2_says_what_was_used()
    {
        CgroupPaths paths = CgroupPaths.Find(UnifiedGroups, UnifiedMounts);
        (string, string)[] files =
        [
            ("memory.peak", "5242880\n"),
            ("memory.current", "4194304\n"),
            ("memory.events", "low 0\nhigh 0\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n"),
            ("cpu.stat", "usage_usec 35820\nuser_usec 20000\nsystem_usec 15820\nnr_periods 3\n"),
        ];

        Assert.AreEqual(
            new CgroupReading(5_242_880, TimeSpan.FromMicroseconds(35_820), 1) { MemoryBytes = 4_194_304 },
            CgroupReading.Parse(paths, Files(files)));
        // Before Linux 5.19.
        Assert.AreEqual(4_194_304, CgroupReading.Parse(paths, Files(files[1..])).PeakBytes);
    }

    [TestMethod]
    public void Both_versions_say_what_is_held_now_and_how_often_it_had_to_wait()
    {
        CgroupSample first = CgroupSample.Parse(CgroupPaths.Find(HybridGroups, HybridMounts), Files(
            ("memory.usage_in_bytes", "20971520\n"),
            ("memory.stat", "cache 4096\nrss 10485760\ntotal_cache 4096\ntotal_rss 12582912\n"),
            ("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n"),
            ("cpuacct.usage", "35820417\n"),
            ("cpu.stat", "nr_periods 40\nnr_throttled 10\nthrottled_time 250000000\n")));
        CgroupSample second = CgroupSample.Parse(CgroupPaths.Find(UnifiedGroups, UnifiedMounts), Files(
            ("memory.current", "20971520\n"),
            ("memory.stat", "anon 12582912\nfile 4096\n"),
            ("memory.events", "oom 0\noom_kill 0\n"),
            ("cpu.stat", "usage_usec 35820\nnr_periods 40\nnr_throttled 10\nthrottled_usec 250000\n")));

        CgroupSample expected = new(20_971_520, 12_582_912, TimeSpan.FromMicroseconds(35_820), 40, 10, TimeSpan.FromMilliseconds(250), 0);
        Assert.AreEqual(expected with { CpuTime = TimeSpan.FromTicks(358_204) }, first);
        Assert.AreEqual(expected, second);
        Assert.AreEqual(
            new CgroupSample(null, null, null, null, null, null, null), CgroupSample.Parse(CgroupPaths.Find("", ""), _ => "1"));
    }

    [TestMethod]
    public void A_limit_is_held_to_the_page()
    {
        CgroupReading reading = CgroupReading.Parse(CgroupPaths.Find(HybridGroups, HybridMounts), Files(("memory.limit_in_bytes", "99999744\n")));
        Assert.IsTrue(reading.Holds(100_000_000));
        Assert.IsFalse(reading.Holds(101_000_000));
        Assert.IsFalse(CgroupReading.None.Holds(1));
        Assert.IsFalse(CgroupReading.Parse(CgroupPaths.Find(UnifiedGroups, UnifiedMounts), Files(("memory.max", "max\n"))).Holds(1));
    }

    [TestMethod]
    public void What_the_kernel_does_not_say_is_not_known()
    {
        Assert.AreEqual(CgroupReading.None, CgroupReading.Parse(CgroupPaths.Find(HybridGroups, HybridMounts), _ => null));
        Assert.AreEqual(CgroupReading.None, CgroupReading.Parse(CgroupPaths.Find("", ""), _ => "1"));
        Assert.IsNull(CgroupReading.Parse(CgroupPaths.Find(UnifiedGroups, UnifiedMounts), Files(("memory.peak", "max\n"))).PeakBytes);
    }

    [TestMethod]
    public void A_reading_that_comes_too_late_takes_nothing_back()
    {
        CgroupReading seen = new(10, TimeSpan.FromSeconds(1), 0);
        Assert.AreEqual(seen, seen.With(CgroupReading.None));
        Assert.AreEqual(new CgroupReading(12, TimeSpan.FromSeconds(1), 0), seen.With(new CgroupReading(12, null, null)));
        Assert.AreEqual(10, seen.With(new CgroupReading(9, null, null)).PeakBytes);
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public void The_group_of_this_process_can_be_read()
    {
        Programs.Find("podman");
        CgroupPaths? paths = CgroupPaths.Find(Environment.ProcessId);

        Assert.IsNotNull(paths?.Memory);
        Assert.IsTrue(Directory.Exists(paths.Memory), paths.Memory);
    }

    private static Func<string, string?> Files(params (string Name, string Text)[] files) =>
        path => files.Where(f => f.Name == Path.GetFileName(path)).Select(f => f.Text).FirstOrDefault();
}
