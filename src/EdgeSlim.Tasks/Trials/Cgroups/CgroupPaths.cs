namespace EdgeSlim.Trials.Cgroups;

/// <summary>Where the control group of a process shows what it uses. Pure.</summary>
/// <param name="Memory">The folder that accounts for memory; null where none does.</param>
/// <param name="Cpu">The folder that accounts for processor time; null where none does.</param>
/// <param name="Quota">The folder that holds the processor limit, and counts when it was held; null where none does.</param>
/// <param name="IsUnified">Whether it is cgroup v2.</param>
public sealed record CgroupPaths(string? Memory, string? Cpu, string? Quota, bool IsUnified)
{
    /// <summary>Finds the folders of a process.</summary>
    /// <param name="processId">Which.</param>
    /// <returns>The folders; null where there is no such process.</returns>
    public static CgroupPaths? Find(int processId)
    {
        try
        {
            return Find(File.ReadAllText($"/proc/{processId}/cgroup"), File.ReadAllText("/proc/self/mountinfo"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Finds the folders. On a machine with both versions each controller belongs to one of them.</summary>
    /// <param name="groups">The text of <c>/proc/PID/cgroup</c> (cgroups(7)).</param>
    /// <param name="mounts">The text of <c>/proc/self/mountinfo</c> (proc(5)).</param>
    /// <returns>The folders.</returns>
    public static CgroupPaths Find(string groups, string mounts)
    {
        Dictionary<string, string> pathOf = new(StringComparer.Ordinal);
        foreach (string[] fields in Lines(groups).Select(l => l.Split(':', 3)).Where(f => f.Length == 3))
        {
            foreach (string controller in fields[1].Split(','))
            {
                pathOf[controller] = fields[2];
            }
        }

        IReadOnlyList<CgroupMount> mounted = CgroupMount.ParseAll(mounts);
        string? Folder(string controller, bool isUnified) =>
            pathOf.TryGetValue(controller, out string? path)
                ? mounted.FirstOrDefault(m => m.IsUnified == isUnified && (isUnified || m.Controllers.Contains(controller)))?.FolderOf(path)
                : null;

        return pathOf.ContainsKey("memory")
            ? new CgroupPaths(Folder("memory", false), Folder("cpuacct", false), Folder("cpu", false), IsUnified: false)
            : new CgroupPaths(Folder("", true), Folder("", true), Folder("", true), IsUnified: true);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
