using System.Globalization;

namespace EdgeSlim.Trials.Cgroups;

/// <summary>The files of control groups: one number, or a name and a number a line.</summary>
internal static class CgroupFile
{
    /// <summary>The text of a file; null where there is none, as when its group is gone.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static string? Field(string? text, string name) => text?
        .Split('\n')
        .Select(l => l.Split(' ', 2))
        .FirstOrDefault(f => f.Length == 2 && f[0] == name)?[1];

    public static long? Number(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    public static TimeSpan? Nanoseconds(string? text) =>
        Number(text) is long nano ? TimeSpan.FromTicks(nano / TimeSpan.NanosecondsPerTick) : null;
}
