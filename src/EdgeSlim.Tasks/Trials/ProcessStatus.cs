using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeSlim.Trials;

/// <summary>What <c>/proc/PID/stat</c> says (proc(5)).</summary>
/// <param name="Name">The name of its program, which changes when it becomes another program.</param>
/// <param name="IsEnded">Whether only its exit code is left of it.</param>
/// <param name="StartTime">When it started, in clock ticks since the boot.</param>
public sealed record ProcessStatus(string Name, bool IsEnded, string StartTime)
{
    // USER_HZ, which the kernel promises to programs (proc(5), "clock ticks").
    private const long TicksPerSecond = 100;

    // CLOCK_BOOTTIME, by which start times are counted (clock_gettime(2)). /proc/uptime may be that of a container.
    private const int BootTime = 7;

    /// <summary>How far the time of <see cref="StartedAt"/> may be off, in Stopwatch ticks.</summary>
    public static long TickPrecision => Stopwatch.Frequency / TicksPerSecond;

    /// <summary>When it started.</summary>
    /// <returns>The time in Stopwatch ticks, rather too early than too late; null where that is not known, or cannot be.</returns>
    public long? StartedAt()
    {
        if (!long.TryParse(StartTime, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            || clock_gettime(BootTime, out TimeSpec now) != 0)
        {
            return null;
        }

        double age = now.Seconds + (now.Nanoseconds / 1e9) - ((double)ticks / TicksPerSecond);
        return age < 0 ? null : Stopwatch.GetTimestamp() - (long)(age * Stopwatch.Frequency);
    }

    /// <summary>Reads that of a process.</summary>
    /// <param name="processId">Which.</param>
    /// <returns>It; null where there is no such process.</returns>
    public static ProcessStatus? Read(int processId)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{processId}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads the text.</summary>
    /// <param name="text">The text of <c>/proc/PID/stat</c>.</param>
    /// <returns>It; null where it is none.</returns>
    public static ProcessStatus? Parse(string text)
    {
        // The name may have spaces and brackets in it; nothing behind it has.
        int open = text.IndexOf('(', StringComparison.Ordinal);
        int close = text.LastIndexOf(')');
        string[] fields = open < 0 || close < open ? [] : text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 20
            ? null
            : new ProcessStatus(text[(open + 1)..close], fields[0] is "Z" or "X" or "x", fields[19]);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
