using System.Globalization;
using System.Text.RegularExpressions;
using EdgeSlim.Oci;

namespace EdgeSlim.Trials;

/// <summary>
/// Which build a container or image of a trial belongs to, such that a later build sees whether that one still runs: the
/// machine, its boot, the process, and when that started, because process ids come again. Containers have ids of their own: one
/// that shares the name and the engine of this machine has other processes under the same ids.
/// </summary>
/// <param name="Machine">The machine.</param>
/// <param name="Boot">Its boot.</param>
/// <param name="Namespace">The namespace of the process id.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="StartTime">When it started, in clock ticks since the boot.</param>
public sealed partial record TrialOwner(string Machine, string Boot, string Namespace, int ProcessId, string StartTime)
{
    /// <summary>This process.</summary>
    public static TrialOwner Current { get; } = new(
        Short(Environment.MachineName + Text("/etc/machine-id")),
        Short(Text("/proc/sys/kernel/random/boot_id")),
        NamespaceOfThisProcess(),
        Environment.ProcessId,
        StartTimeOf(Environment.ProcessId) ?? "0");

    /// <summary>
    /// Whether there is nobody left who would clean up: the process is gone. Of other machines, and of other containers, nothing is
    /// known.
    /// </summary>
    public bool IsDead => Machine == Current.Machine
        && (Boot != Current.Boot || (Namespace == Current.Namespace && StartTimeOf(ProcessId) != StartTime));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The owner; null where it is none.</returns>
    public static TrialOwner? Parse(string text)
    {
        Match match = Form().Match(text);
        return match.Success && int.TryParse(match.Groups["pid"].Value, CultureInfo.InvariantCulture, out int processId)
            ? new TrialOwner(match.Groups["machine"].Value, match.Groups["boot"].Value, match.Groups["namespace"].Value, processId, match.Groups["start"].Value)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine}-{Boot}-{Namespace}-{ProcessId}-{StartTime}");

    private static string? StartTimeOf(int processId) => ProcessStatus.Read(processId)?.StartTime;

    // A link to 'pid:[4026531836]'.
    private static string NamespaceOfThisProcess()
    {
        try
        {
            return string.Concat((new FileInfo("/proc/self/ns/pid").LinkTarget ?? "").Where(char.IsAsciiDigit)) is { Length: > 0 } number ? number : "0";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "0";
        }
    }

    private static string Short(string text) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(text)).Hex[..8];

    private static string Text(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "";

    [GeneratedRegex(@"\A(?<machine>[0-9a-f]{8})-(?<boot>[0-9a-f]{8})-(?<namespace>[0-9]{1,20})-(?<pid>[0-9]{1,10})-(?<start>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
