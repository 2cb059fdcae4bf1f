using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeSlim.Trials.Cgroups;

/// <summary>A control group that is made for a trial, where no engine makes one: as far as this machine lets it.</summary>
internal sealed class TrialCgroup
{
    private const int Period = 100_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private TrialCgroup(IReadOnlyList<string> folders, bool isUnified)
    {
        Folders = folders;
        IsUnified = isUnified;
    }

    /// <summary>One folder a hierarchy; none where no group can be made here.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Whether all controllers are in one hierarchy (cgroup v2).</summary>
    public bool IsUnified { get; }

    /// <summary>Makes it, with the limits of the trial.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="profile">The limits.</param>
    /// <returns>It.</returns>
    public static TrialCgroup Create(string name, TrialProfile profile)
    {
        string quota = (profile.MilliCpus * (Period / 1000)).ToString(CultureInfo.InvariantCulture);
        string memory = profile.MemoryBytes.ToString(CultureInfo.InvariantCulture);
        List<string> made = [];
        IReadOnlyList<CgroupMount> mounts = CgroupMount.ReadAll();
        bool isUnified = !mounts.Any(m => m.Controllers.Contains("memory"));
        foreach (CgroupMount mount in mounts.Where(m => m.IsUnified == isUnified))
        {
            (string, string)[] limits = isUnified
                ? [("memory.max", memory), ("memory.swap.max", "0"), ("cpu.max", $"{quota} {Period}")]
                : LimitsOf(mount, profile, memory, quota);
            bool isOf = isUnified || limits.Length > 0 || mount.Controllers.Contains("cpuacct");
            if (isOf && TryCreate(Path.Combine(mount.Point, name), limits))
            {
                made.Add(Path.Combine(mount.Point, name));
            }
        }

        return new TrialCgroup(made, isUnified);
    }

    /// <summary>Kills what is in it, and removes it.</summary>
    /// <returns>The work.</returns>
    public Task RemoveAsync() => RemoveAsync(Folders);

    /// <summary>Removes groups by their names, whoever made them.</summary>
    /// <param name="isWanted">Whether a name is of a group that goes.</param>
    /// <returns>The work.</returns>
    public static Task RemoveAsync(Func<string, bool> isWanted) => RemoveAsync(
        [.. CgroupMount.ReadAll().Select(m => m.Point).Where(Directory.Exists).SelectMany(Directory.GetDirectories).Where(d => isWanted(Path.GetFileName(d)))]);

    private static (string, string)[] LimitsOf(CgroupMount mount, TrialProfile profile, string memory, string quota)
    {
        List<(string, string)> limits = [];
        if (mount.Controllers.Contains("memory"))
        {
            limits.AddRange([("memory.limit_in_bytes", memory), ("memory.memsw.limit_in_bytes", memory)]);
        }

        if (mount.Controllers.Contains("cpu"))
        {
            limits.AddRange([("cpu.cfs_period_us", $"{Period}"), ("cpu.cfs_quota_us", quota)]);
            if (profile.CpuShares is int shares)
            {
                limits.Add(("cpu.shares", shares.ToString(CultureInfo.InvariantCulture)));
            }
        }

        return [.. limits];
    }

    // A process is in its group until the kernel is done with it, which takes a moment.
    private static async Task RemoveAsync(IReadOnlyList<string> folders)
    {
        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        foreach (string folder in folders)
        {
            while (!TryRemove(folder) && Environment.TickCount64 < end)
            {
                await Task.Delay(10);
            }
        }
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                return true;
            }

            bool isEmpty = true;
            foreach (string child in Directory.GetDirectories(folder))
            {
                isEmpty &= TryRemove(child);
            }

            foreach (string process in File.ReadAllLines(Path.Combine(folder, "cgroup.procs")))
            {
                Signal.Kill(int.Parse(process, CultureInfo.InvariantCulture));
                isEmpty = false;
            }

            // The files of a group cannot be deleted, and need not be.
            return isEmpty && rmdir(Encoding.UTF8.GetBytes(folder + "\0")) == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryCreate(string folder, (string File, string Value)[] limits)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach ((string file, string value) in limits.Where(l => File.Exists(Path.Combine(folder, l.File))))
            {
                File.WriteAllText(Path.Combine(folder, file), value);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rmdir(byte[] path);
}
