using System.Globalization;
using EdgeSlim.Syscalls;

namespace EdgeSlim.Profiles.Tracing;

/// <summary>bpftrace: eBPF programs at tracepoints of the kernel, which cost the application next to nothing.</summary>
/// <param name="path">Its program.</param>
/// <param name="unshare">The program unshare; null where there is none.</param>
/// <param name="table">The system calls.</param>
internal sealed class BpftraceTracer(string path, string? unshare, SyscallTable table) : ITracer
{
    public const string ProgramName = "bpftrace";

    private const int MaxKeys = 16384;

    // Where nobody has mounted the file systems of the tracepoints, that is done where nobody else sees it; it goes with bpftrace.
    private const string MountAndRun = """
        mount -t debugfs debugfs /sys/kernel/debug 2>/dev/null
        mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
        exec "$0" "$@"
        """;

    public Task<TracerProcess> AttachAsync(int processId, CancellationToken cancellationToken)
    {
        string script = BpftraceScript.For(processId, hasLegacyCalls: table.Has("open"));
        string[] command = [path, "-B", "line", "-e", script];
        string[] wrapped = unshare is null ? command : [unshare, "--mount", "/bin/sh", "-c", MountAndRun, .. command];
        string maxPath = BpftraceScript.MaxPath.ToString(CultureInfo.InvariantCulture);
        string maxKeys = MaxKeys.ToString(CultureInfo.InvariantCulture);
        // The names of before and after version 0.20.
        Dictionary<string, string> environment = new()
        {
            ["BPFTRACE_STRLEN"] = maxPath,
            ["BPFTRACE_MAX_STRLEN"] = maxPath,
            ["BPFTRACE_MAP_KEYS_MAX"] = maxKeys,
            ["BPFTRACE_MAX_MAP_KEYS"] = maxKeys,
        };
        return TracerProcess.StartAsync(ProgramName, "INT", wrapped, environment, new BpftraceReader(table), cancellationToken);
    }
}
