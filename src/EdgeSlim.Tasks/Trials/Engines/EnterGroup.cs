using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Trials.Engines;

/// <summary>How a program is started in a control group: a shell enters it and becomes the program. Pure.</summary>
internal static class EnterGroup
{
    /// <summary>What the shell does; its arguments are the folders of the group, a dash, and the program.</summary>
    public const string Script = """while [ "$1" != - ]; do echo $$ > "$1/cgroup.procs"; shift; done; shift; exec "$@" """;

    /// <summary>What stands before the program.</summary>
    /// <param name="folders">The folders of the group.</param>
    public static IEnumerable<string> Arguments(IEnumerable<string> folders) => folders.Append("-");

    /// <summary>What stands before the program.</summary>
    /// <param name="cgroup">The group; null for none.</param>
    public static IEnumerable<string> Arguments(TrialCgroup? cgroup) => Arguments(cgroup?.Folders ?? []);
}
