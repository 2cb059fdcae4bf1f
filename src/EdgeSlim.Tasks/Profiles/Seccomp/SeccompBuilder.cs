using EdgeSlim.Syscalls;

namespace EdgeSlim.Profiles.Seccomp;

/// <summary>Makes of system calls a profile that allows them and no others. Pure.</summary>
public static class SeccompBuilder
{
    private const string Clone = "clone";
    private const string Clone3 = "clone3";
    private const int NotPermitted = 1;
    private const int NotImplemented = 38;

    // CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID and CLONE_NEWNET (namespaces(7)).
    private const ulong NewNamespaces = 0x7e020000;

    private static readonly Dictionary<string, string[]> Architectures = new(StringComparer.Ordinal)
    {
        ["amd64"] = ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
        ["arm64"] = ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"],
    };

    /// <summary>Makes the profile.</summary>
    /// <param name="syscalls">The calls; <see cref="StandingSyscalls"/> come to them.</param>
    /// <param name="table">The calls that the processor has.</param>
    /// <returns>The profile.</returns>
    public static SeccompProfile Build(IEnumerable<string> syscalls, SyscallTable table)
    {
        string[] names =
        [
            .. syscalls
                .Concat(StandingSyscalls.Names)
                .Where(table.Has)
                .Except([Clone, Clone3])
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return new SeccompProfile
        {
            DefaultAction = SeccompRule.Error,
            DefaultErrnoRet = NotPermitted,
            Architectures = Architectures[table.Architecture],
            Syscalls =
            [
                new SeccompRule { Names = names, Action = SeccompRule.Allow },
                // Threads and processes, and no namespaces: in a namespace of its own a process has rights that it had not before.
                new SeccompRule
                {
                    Names = [Clone],
                    Action = SeccompRule.Allow,
                    Args = [new SeccompArgument(0, NewNamespaces, 0, "SCMP_CMP_MASKED_EQ")],
                },
                // A filter cannot look into its argument. Told that there is no such call, the C library takes the other one.
                new SeccompRule { Names = [Clone3], Action = SeccompRule.Error, ErrnoRet = NotImplemented },
            ],
        };
    }

    /// <summary>Which of the calls that were refused, or made, the profile has no answer to.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="syscalls">The calls.</param>
    /// <returns>Those that it neither allows nor gives another call in the place of.</returns>
    public static IReadOnlyList<string> Refused(SeccompProfile profile, IEnumerable<string> syscalls) =>
        [.. syscalls.Except(profile.Syscalls.SelectMany(r => r.Names)).Distinct().Order(StringComparer.Ordinal)];
}
