using System.Globalization;

namespace EdgeSlim.Trials.Cgroups;

/// <summary>What a control group shows at one moment; null where it does not tell.</summary>
/// <param name="PeakBytes">The most memory that it ever held.</param>
/// <param name="CpuTime">The processor time that it used.</param>
/// <param name="OutOfMemoryKills">How many of its processes were killed for memory.</param>
public sealed record CgroupReading(long? PeakBytes, TimeSpan? CpuTime, long? OutOfMemoryKills)
{
    /// <summary>The memory that it holds at this moment.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Nothing seen.</summary>
    public static CgroupReading None { get; } = new(null, null, null);

    /// <summary>Reads the control group.</summary>
    /// <param name="paths">Where it is.</param>
    /// <returns>What it shows; nothing where it is gone.</returns>
    public static CgroupReading Read(CgroupPaths paths) => Parse(paths, path =>
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    });

    /// <summary>Reads the texts of a control group.</summary>
    /// <param name="paths">Where it is.</param>
    /// <param name="read">Gives the text of a file; null where there is none.</param>
    /// <returns>What they say.</returns>
    public static CgroupReading Parse(CgroupPaths paths, Func<string, string?> read)
    {
        string? Memory(string file) => paths.Memory is null ? null : read($"{paths.Memory}/{file}");
        string? Cpu(string file) => paths.Cpu is null ? null : read($"{paths.Cpu}/{file}");
        return paths.IsUnified
            ? new CgroupReading(
                // memory.peak came with Linux 5.19; before, the peak is the most that was seen.
                Number(Memory("memory.peak")) ?? Number(Memory("memory.current")),
                Number(Field(Cpu("cpu.stat"), "usage_usec")) is long micro ? TimeSpan.FromMicroseconds(micro) : null,
                Number(Field(Memory("memory.events"), "oom_kill")))
            {
                MemoryBytes = Number(Memory("memory.current")),
            }
            : new CgroupReading(
                Number(Memory("memory.max_usage_in_bytes")),
                Number(Cpu("cpuacct.usage")) is long nano ? TimeSpan.FromTicks(nano / TimeSpan.NanosecondsPerTick) : null,
                Number(Field(Memory("memory.oom_control"), "oom_kill")))
            {
                MemoryBytes = Number(Memory("memory.usage_in_bytes")),
            };
    }

    /// <summary>
    /// The larger of each: all of them only ever grow, but the last reading may come too late for some. The memory that is
    /// held is that of the later reading.
    /// </summary>
    /// <param name="other">A later reading.</param>
    /// <returns>Both in one.</returns>
    public CgroupReading With(CgroupReading other) => new(
        Max(PeakBytes, other.PeakBytes),
        Max(CpuTime, other.CpuTime),
        Max(OutOfMemoryKills, other.OutOfMemoryKills))
    {
        MemoryBytes = other.MemoryBytes,
    };

    private static T? Max<T>(T? one, T? other)
        where T : struct, IComparable<T> => one is null || (other is not null && other.Value.CompareTo(one.Value) > 0) ? other : one;

    private static string? Field(string? text, string name) => text?
        .Split('\n')
        .Select(l => l.Split(' ', 2))
        .FirstOrDefault(f => f.Length == 2 && f[0] == name)?[1];

    private static long? Number(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
