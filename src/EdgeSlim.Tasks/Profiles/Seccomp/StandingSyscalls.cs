namespace EdgeSlim.Profiles.Seccomp;

/// <summary>
/// The system calls that are allowed whether or not a trial showed them: a trial is short and calm, and a device is not. Each
/// is one that gives an attacker nothing beyond what the application has anyway.
/// </summary>
public static class StandingSyscalls
{
    /// <summary>The calls, and what for.</summary>
    public static IReadOnlyList<(string Reason, IReadOnlyList<string> Names)> All { get; } =
    [
        (
            "memory: the garbage collector takes, gives back and moves memory as the load and the limit of the control group ask for it, and looks how much there is",
            ["brk", "madvise", "membarrier", "mmap", "mprotect", "mremap", "munmap", "sysinfo"]),
        (
            "threads: the pool grows under load and shrinks after it, a collection stops all threads by signals, and those who wait for a lock yield",
            [
                "clone", "exit", "futex", "getpid", "gettid", "prctl", "rseq", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
                "sched_getaffinity", "sched_yield", "set_robust_list", "sigaltstack", "tgkill",
            ]),
        (
            "time: on boards whose clock cannot be read without the kernel, and for short waits",
            ["clock_gettime", "clock_nanosleep", "nanosleep"]),
        (
            "the end: an exception that nobody catches and memory that ran out are said on standard error; and the pause: a container that was stopped takes up its waits again",
            ["exit_group", "restart_syscall", "write"]),
        (
            "the start: what runc calls between the moment from which the profile holds and the first instruction of the application; it presumes that no new privileges are given (allowPrivilegeEscalation: false), for else the profile holds earlier, while user and capabilities are still to be set",
            [
                "close", "epoll_ctl", "epoll_pwait", "execve", "fcntl", "fstat", "fstatfs", "getdents64", "newfstatat", "openat", "read",
            ]),
    ];

    /// <summary>The names of all of them.</summary>
    public static IEnumerable<string> Names => All.SelectMany(a => a.Names).Distinct();
}
