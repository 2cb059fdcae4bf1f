using System.Buffers.Binary;
using EdgeSlim.Syscalls;

namespace EdgeSlim.Trials.Engines.Sandbox;

/// <summary>
/// The program that decides in the kernel which system calls a trial may make (seccomp(2), classic BPF). It denies those that
/// container engines deny: of them, an application needs none, and most need rights that it does not have. Pure.
/// </summary>
internal static class SandboxFilter
{
    // linux/seccomp.h and linux/audit.h.
    private const uint Allow = 0x7fff_0000;
    private const uint Deny = 0x0005_0000;
    private const uint NotPermitted = 1;
    private const uint NotThere = 38;
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint FirstArgumentOffset = 16;

    // x32 has the numbers of x86-64, with this bit.
    private const uint X32 = 0x4000_0000;

    // All namespaces that clone(2) can make.
    private const uint Namespaces = 0x7e02_0000;

    private const ushort Load = 0x20;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort IfAnyBit = 0x45;
    private const ushort Return = 0x06;

    private static readonly string[] Denied =
    [
        "acct", "add_key", "adjtimex", "bpf", "clock_adjtime", "clock_settime", "create_module", "delete_module", "fanotify_init",
        "finit_module", "fsconfig", "fsmount", "fsopen", "fspick", "get_kernel_syms", "get_mempolicy", "init_module",
        "io_uring_enter", "io_uring_register", "io_uring_setup", "ioperm", "iopl", "kcmp", "kexec_file_load", "kexec_load", "keyctl",
        "lookup_dcookie", "mbind", "migrate_pages", "mount", "mount_setattr", "move_mount", "move_pages", "name_to_handle_at",
        "nfsservctl", "open_by_handle_at", "open_tree", "perf_event_open", "pivot_root", "process_madvise", "query_module",
        "quotactl", "quotactl_fd", "reboot", "request_key", "set_mempolicy", "setdomainname", "sethostname", "setns",
        "settimeofday", "swapoff", "swapon", "syslog", "_sysctl", "sysfs", "umount2", "unshare", "uselib", "userfaultfd", "ustat",
        "vhangup",
    ];

    /// <summary>Writes the program.</summary>
    /// <param name="table">The system calls of this machine's processor.</param>
    /// <returns>Eight bytes an instruction.</returns>
    public static byte[] Write(SyscallTable table)
    {
        List<Instruction> program =
        [
            // Programs of another processor have other numbers; they get none.
            new(Load, ArchitectureOffset),
            new(IfEqual, AuditArchitecture(table.Architecture), Yes: 1),
            new(Return, Deny | NotThere),
            new(Load, NumberOffset),
        ];
        if (table.Architecture == "amd64")
        {
            program.AddRange([new(IfAtLeast, X32, No: 1), new(Return, Deny | NotThere)]);
        }

        foreach (long number in Denied.Select(table.NumberOf).OfType<long>())
        {
            program.AddRange([new(IfEqual, (uint)number, No: 1), new(Return, Deny | NotPermitted)]);
        }

        // The flags of clone3 are in memory, where this program cannot look: the C library then takes clone.
        program.AddRange([new(IfEqual, (uint)table.NumberOf("clone3")!, No: 1), new(Return, Deny | NotThere)]);
        program.AddRange(
        [
            new(IfEqual, (uint)table.NumberOf("clone")!, No: 3),
            new(Load, FirstArgumentOffset),
            new(IfAnyBit, Namespaces, No: 1),
            new(Return, Deny | NotPermitted),
            new(Return, Allow),
        ]);
        return [.. program.SelectMany(i => i.ToBytes())];
    }

    private static uint AuditArchitecture(string architecture) => architecture switch
    {
        "amd64" => 0xc000_003e,
        "arm64" => 0xc000_00b7,
        _ => throw new ArgumentException($"The audit architecture of {architecture} is not known.", nameof(architecture)),
    };

    // A jump counts the instructions that it passes over.
    private sealed record Instruction(ushort Code, uint Value, byte Yes = 0, byte No = 0)
    {
        public byte[] ToBytes()
        {
            byte[] bytes = new byte[8];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, Code);
            bytes[2] = Yes;
            bytes[3] = No;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Value);
            return bytes;
        }
    }
}
