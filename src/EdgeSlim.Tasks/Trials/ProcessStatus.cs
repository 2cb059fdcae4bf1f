namespace EdgeSlim.Trials;

/// <summary>What <c>/proc/PID/stat</c> says (proc(5)).</summary>
/// <param name="Name">The name of its program, which changes when it becomes another program.</param>
/// <param name="IsEnded">Whether only its exit code is left of it.</param>
/// <param name="StartTime">When it started, in clock ticks since the boot.</param>
public sealed record ProcessStatus(string Name, bool IsEnded, string StartTime)
{
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
}
