namespace EdgeSlim.Trials.Cgroups;

/// <summary>What a control group holds and has used at one moment; null where it does not tell.</summary>
/// <param name="MemoryBytes">The memory that it holds, with the files that the kernel keeps for it.</param>
/// <param name="AnonymousBytes">Of that, what is no file: heaps and stacks, which only their owner can give back.</param>
/// <param name="CpuTime">The processor time that it used so far.</param>
/// <param name="Periods">In how many periods of its limit it wanted a processor so far.</param>
/// <param name="ThrottledPeriods">In how many of them it had to wait for the next one.</param>
/// <param name="ThrottledTime">How long it waited so.</param>
/// <param name="OutOfMemoryKills">How many of its processes were killed for memory so far.</param>
public sealed record CgroupSample(
    long? MemoryBytes,
    long? AnonymousBytes,
    TimeSpan? CpuTime,
    long? Periods,
    long? ThrottledPeriods,
    TimeSpan? ThrottledTime,
    long? OutOfMemoryKills)
{
    /// <summary>Reads the texts of a control group.</summary>
    /// <param name="paths">Where it is.</param>
    /// <param name="read">Gives the text of a file; null where there is none.</param>
    /// <returns>What they say.</returns>
    public static CgroupSample Parse(CgroupPaths paths, Func<string, string?> read)
    {
        string? Memory(string file) => paths.Memory is null ? null : read($"{paths.Memory}/{file}");
        string? Quota(string file) => paths.Quota is null ? null : read($"{paths.Quota}/{file}");
        string? cpu = Quota("cpu.stat");
        CgroupReading reading = CgroupReading.Parse(paths, read);
        return paths.IsUnified
            ? new CgroupSample(
                CgroupFile.Number(Memory("memory.current")),
                CgroupFile.Number(CgroupFile.Field(Memory("memory.stat"), "anon")),
                reading.CpuTime,
                CgroupFile.Number(CgroupFile.Field(cpu, "nr_periods")),
                CgroupFile.Number(CgroupFile.Field(cpu, "nr_throttled")),
                CgroupFile.Number(CgroupFile.Field(cpu, "throttled_usec")) is long micro ? TimeSpan.FromMicroseconds(micro) : null,
                reading.OutOfMemoryKills)
            : new CgroupSample(
                CgroupFile.Number(Memory("memory.usage_in_bytes")),
                CgroupFile.Number(CgroupFile.Field(Memory("memory.stat"), "total_rss")),
                reading.CpuTime,
                CgroupFile.Number(CgroupFile.Field(cpu, "nr_periods")),
                CgroupFile.Number(CgroupFile.Field(cpu, "nr_throttled")),
                CgroupFile.Nanoseconds(CgroupFile.Field(cpu, "throttled_time")),
                reading.OutOfMemoryKills);
    }
}
