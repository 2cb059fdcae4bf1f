using System.Text;

namespace EdgeSlim.Profiles.Tracing;

/// <summary>
/// What bpftrace is told to watch: the tasks that descend from one, which is the process that the OCI runtime has made and
/// that becomes the application. Everything is summed up in the kernel, so that no event can be lost. Pure.
/// </summary>
internal static class BpftraceScript
{
    /// <summary>What is said once all probes are attached.</summary>
    public const string Ready = "edgeslim-ready";

    /// <summary>The longest path that can be told, with the zero at its end.</summary>
    public const int MaxPath = 200;

    // A name is read when the call returns: by then the page that it is on is in memory, which it need not be before.
    private static readonly (string Call, string Name, string Map, bool IsOfAll)[] Files =
    [
        ("openat", "filename", "opened", true), ("open", "filename", "opened", false),
        ("newfstatat", "filename", "seen", true), ("statx", "filename", "seen", true), ("readlinkat", "pathname", "seen", true),
        ("faccessat", "filename", "seen", true), ("newstat", "filename", "seen", false), ("newlstat", "filename", "seen", false),
        ("access", "filename", "seen", false), ("readlink", "path", "seen", false),
    ];

    private static readonly (string Call, string Address)[] Sockets = [("connect", "uservaddr"), ("bind", "umyaddr")];

    /// <summary>Makes the program.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="hasLegacyCalls">Whether the processor has the calls that newer ones took the place of: x64 does.</param>
    /// <returns>Its text.</returns>
    public static string For(int processId, bool hasLegacyCalls)
    {
        StringBuilder script = new();
        void Add(FormattableString line) => script.Append(FormattableString.Invariant(line)).Append('\n');

        // 1 is the runtime, 2 the application.
        Add($"struct edgeslim_address {{ unsigned short family; unsigned short port; unsigned char v4[4]; unsigned char v6[16]; }};");
        Add($"BEGIN {{ @in[{processId}] = 1; printf(\"{Ready}\\n\"); }}");
        Add($"tracepoint:sched:sched_process_fork /@in[args->parent_pid]/ {{ @in[args->child_pid] = @in[args->parent_pid]; }}");
        Add($"tracepoint:sched:sched_process_exec /@in[tid]/ {{ @in[tid] = 2; @program[str(args->filename)] = 1; }}");
        Add($"tracepoint:sched:sched_process_exit /@in[tid]/ {{ delete(@in[tid]); }}");
        // What a seccomp filter refuses returns without ever having entered.
        Add($"tracepoint:raw_syscalls:sys_enter /@in[tid]/ {{ @enter[@in[tid], args->id] = 1; }}");
        Add($"tracepoint:raw_syscalls:sys_exit /@in[tid]/ {{ @exit[@in[tid], args->id] = 1; }}");
        foreach ((string call, string name, string map, bool isOfAll) in Files)
        {
            if (isOfAll || hasLegacyCalls)
            {
                Add($"tracepoint:syscalls:sys_enter_{call} /@in[tid] == 2/ {{ @path[tid] = args->{name}; }}");
                Add($"tracepoint:syscalls:sys_exit_{call} /@path[tid]/ {{ if (args->ret >= 0) {{ @{map}[str(@path[tid])] = 1; }} delete(@path[tid]); }}");
            }
        }

        // The families are AF_INET, AF_INET6 and AF_UNIX (socket(2)); ports are in the network's byte order.
        foreach ((string call, string address) in Sockets)
        {
            Add($"tracepoint:syscalls:sys_enter_{call} /@in[tid] == 2/ {{");
            Add($"  $a = (struct edgeslim_address *)args->{address}; $port = ($a->port >> 8) | (($a->port & 255) << 8);");
            Add($"  if ($a->family == 2) {{ @{call}4[ntop(2, $a->v4), $port] = 1; }}");
            Add($"  if ($a->family == 10) {{ @{call}6[ntop(10, $a->v6), $port] = 1; }}");
            Add($"  if ($a->family == 1) {{ @{call}_unix[str((uint64)args->{address} + 2)] = 1; }}");
            Add($"}}");
        }

        Add($"END {{ clear(@in); clear(@path); }}");
        return script.ToString();
    }
}
