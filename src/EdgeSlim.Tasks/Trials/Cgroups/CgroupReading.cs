namespace EdgeSlim.Trials.Cgroups;

/// <summary>What a control group shows at one moment; null where it does not tell.</summary>
/// <param name="PeakBytes">The most memory that it ever held.</param>
/// <param name="CpuTime">The processor time that it used.</param>
/// <param name="OutOfMemoryKills">How many of its processes were killed for memory.</param>
/// <param name="LimitBytes">The most memory that it may hold.</param>
public sealed record CgroupReading(long? PeakBytes, TimeSpan? CpuTime, long? OutOfMemoryKills, long? LimitBytes = null)
{
    private const int LargestPage = 65536;

    /// <summary>The memory that it holds at this moment.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Nothing seen.</summary>
    public static CgroupReading None { get; } = new(null, null, null);

    /// <summary>Reads the control group.</summary>
    /// <param name="paths">Where it is.</param>
    /// <returns>What it shows; nothing where it is gone.</returns>
    public static CgroupReading Read(CgroupPaths paths) => Parse(paths, CgroupFile.Read);

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
                CgroupFile.Number(Memory("memory.peak")) ?? CgroupFile.Number(Memory("memory.current")),
                CgroupFile.Number(CgroupFile.Field(Cpu("cpu.stat"), "usage_usec")) is long micro ? TimeSpan.FromMicroseconds(micro) : null,
                CgroupFile.Number(CgroupFile.Field(Memory("memory.events"), "oom_kill")),
                CgroupFile.Number(Memory("memory.max")))
            {
                MemoryBytes = CgroupFile.Number(Memory("memory.current")),
            }
            : new CgroupReading(
                CgroupFile.Number(Memory("memory.max_usage_in_bytes")),
                CgroupFile.Nanoseconds(Cpu("cpuacct.usage")),
                CgroupFile.Number(CgroupFile.Field(Memory("memory.oom_control"), "oom_kill")),
                CgroupFile.Number(Memory("memory.limit_in_bytes")))
            {
                MemoryBytes = CgroupFile.Number(Memory("memory.usage_in_bytes")),
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
        Max(OutOfMemoryKills, other.OutOfMemoryKills),
        other.LimitBytes ?? LimitBytes)
    {
        MemoryBytes = other.MemoryBytes,
    };

    /// <summary>Whether it is held to a limit, which the kernel rounds to its pages.</summary>
    /// <param name="bytes">The limit.</param>
    /// <returns>Whether it is.</returns>
    public bool Holds(long bytes) => LimitBytes is long limit && Math.Abs(limit - bytes) <= LargestPage;

    private static T? Max<T>(T? one, T? other)
        where T : struct, IComparable<T> => one is null || (other is not null && other.Value.CompareTo(one.Value) > 0) ? other : one;
}
