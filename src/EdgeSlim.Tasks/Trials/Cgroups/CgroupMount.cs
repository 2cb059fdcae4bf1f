namespace EdgeSlim.Trials.Cgroups;

/// <summary>Where a hierarchy of control groups is mounted (proc(5), <c>/proc/PID/mountinfo</c>). Pure.</summary>
/// <param name="Root">The part of the hierarchy that is mounted.</param>
/// <param name="Point">Where.</param>
/// <param name="Type"><c>cgroup</c> or <c>cgroup2</c>.</param>
/// <param name="Controllers">The controllers of a hierarchy of version 1, among its other options.</param>
internal sealed record CgroupMount(string Root, string Point, string Type, IReadOnlyList<string> Controllers)
{
    private const string Version1 = "cgroup";
    private const string Version2 = "cgroup2";

    public bool IsUnified => Type == Version2;

    /// <summary>Those of this machine.</summary>
    public static IReadOnlyList<CgroupMount> ReadAll()
    {
        try
        {
            return ParseAll(File.ReadAllText("/proc/self/mountinfo"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="mounts">The text of <c>mountinfo</c>.</param>
    /// <returns>The mounts of control groups in it.</returns>
    public static IReadOnlyList<CgroupMount> ParseAll(string mounts) =>
        [.. mounts.Split('\n').Select(Parse).OfType<CgroupMount>()];

    /// <summary>The folder of a group. In a container, what is mounted may be a part of the hierarchy.</summary>
    /// <param name="path">The group's path in the hierarchy.</param>
    /// <returns>The folder; null where it is not in the part that is mounted.</returns>
    public string? FolderOf(string path) =>
        Root == "/" ? Point + path
        : path == Root || path.StartsWith(Root + "/", StringComparison.Ordinal) ? Point + path[Root.Length..]
        : null;

    private static CgroupMount? Parse(string line)
    {
        string[] parts = line.Split(" - ", 2);
        string[] place = parts[0].Split(' ');
        string[] kind = parts.Length < 2 ? [] : parts[1].Split(' ');
        return place.Length < 6 || kind.Length < 3 || kind[0] is not (Version1 or Version2)
            ? null
            : new CgroupMount(place[3], place[4], kind[0], kind[2].Split(','));
    }
}
