using EdgeSlim.Profiles.Tracing;
using EdgeSlim.Syscalls;

namespace EdgeSlim.Tests.Profiles;

/// <summary>What the tracers really printed, cut down to what differs.</summary>
[TestClass]
public sealed class TraceReaderTests
{
    private const string Bpftrace =
        """
        Attaching 33 probes...
        edgeslim-ready


        @bind6[::, 8080]: 1

        @connect4[127.0.0.53, 53]: 1
        @connect_unix[/var/run/nscd/socket]: 1

        @enter[1, 59]: 1
        @enter[1, 257]: 1
        @enter[2, 202]: 1
        @enter[2, 257]: 1
        @exit[1, 257]: 1
        @exit[2, 59]: 1
        @exit[2, 202]: 1
        @exit[2, 257]: 1
        @exit[2, 165]: 1
        @exit[2, -1]: 1
        @opened[/app/a, b]: 1]: 1
        @opened[appsettings.json]: 1
        @program[/app/Agent]: 1
        @seen[]: 1
        @seen[/etc/localtime]: 1
        """;

    private const string Strace =
        """
        [pid  4712] nanosleep({tv_sec=0, tv_nsec=20000}, strace: Process 4711 attached with 5 threads
        [pid  4711] <... restart_syscall resumed>) = 0
        [pid  4711] openat(AT_FDCWD, "/proc/self/fd/4", O_WRONLY|O_CLOEXEC) = 3<pipe:[1]>
        [pid  4711] execve("/app/Agent", ["/app/Agent"], 0xc000186000 /* 3 vars */ <unfinished ...>
        [pid  4711] <... execve resumed>)       = 0
        brk(NULL)                               = 0x5581
        openat(AT_FDCWD</app>, "appsettings.json", O_RDONLY|O_CLOEXEC) = 5</app/appsettings.json>
        openat(AT_FDCWD</app>, "/etc/none", O_RDONLY) = -1 ENOENT (No such file or directory)
        newfstatat(AT_FDCWD</app>, "/etc/localtime", {st_mode=S_IFREG|0644, st_size=118, ...}, 0) = 0
        [pid  4713] connect(7<TCP:[9]>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0
        [pid  4713] connect(8<UNIX:[9]>, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such file or directory)
        [pid  4713] bind(9<TCPv6:[9]>, {sa_family=AF_INET6, sin6_port=htons(8080), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::", &sin6_addr), sin6_scope_id=0}, 28) = 0
        [pid  4713] mount("none", "/mnt", NULL, 0, NULL) = -1 EPERM (Operation not permitted)
        --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=0, si_uid=0} ---
        exit_group(0)                           = ?
        +++ exited with 0 +++
        """;

    [TestMethod]
    public void Bpftrace_tells_what_was_refused()
    {
        BpftraceReader reader = new(SyscallTable.Find("amd64")!);
        Assert.IsFalse(reader.IsReady);
        Trace trace = Read(reader, Bpftrace);

        Assert.IsTrue(reader.IsReady);
        Assert.AreSequenceEqual(["execve", "openat"], trace.RuntimeSyscalls);
        Assert.AreSequenceEqual(["futex", "openat"], trace.Syscalls);
        Assert.AreSequenceEqual(["mount"], trace.Refused!);
        Assert.AreSequenceEqual(["/app/a, b]: 1", "appsettings.json"], trace.Opened);
        Assert.AreSequenceEqual(["/etc/localtime"], trace.Seen);
        Assert.AreSequenceEqual(["/app/Agent"], trace.Programs);
        Assert.AreSequenceEqual(["/var/run/nscd/socket", "127.0.0.53:53"], trace.Connections);
        Assert.AreSequenceEqual(["[::]:8080"], trace.Bound);
    }

    [TestMethod]
    public void Strace_tells_the_runtime_from_the_application()
    {
        StraceReader reader = new();
        Trace trace = Read(reader, Strace);

        Assert.IsTrue(reader.IsReady);
        Assert.AreSequenceEqual(["execve", "nanosleep", "openat", "restart_syscall"], trace.RuntimeSyscalls);
        Assert.AreSequenceEqual(["bind", "brk", "connect", "execve", "exit_group", "mount", "newfstatat", "openat"], trace.Syscalls);
        Assert.IsNull(trace.Refused);
        Assert.AreSequenceEqual(["/app/appsettings.json"], trace.Opened);
        Assert.AreSequenceEqual(["/etc/localtime"], trace.Seen);
        Assert.AreSequenceEqual(["/app/Agent"], trace.Programs);
        Assert.AreSequenceEqual(["/var/run/nscd/socket", "127.0.0.53:53"], trace.Connections);
        Assert.AreSequenceEqual(["[::]:8080"], trace.Bound);
    }

    private static Trace Read(ITraceReader reader, string text)
    {
        foreach (string line in text.Split('\n'))
        {
            reader.Take(line);
        }

        return reader.ToTrace();
    }
}
