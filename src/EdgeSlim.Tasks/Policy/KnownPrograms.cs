using System.Text.RegularExpressions;

namespace EdgeSlim.Policy;

/// <summary>What programs are, by their names.</summary>
internal static partial class KnownPrograms
{
    [GeneratedRegex(@"/(?:sshd|dropbear|dropbearmulti|tinysshd)\z", RegexOptions.CultureInvariant)]
    public static partial Regex SshServer();

    [GeneratedRegex(@"/s?bin/(?:sh|ash|bash|rbash|dash|zsh|ksh|mksh|csh|tcsh|fish)\z|/busybox(?:\.static)?\z|/toybox\z", RegexOptions.CultureInvariant)]
    public static partial Regex Shell();

    [GeneratedRegex(@"/s?bin/(?:apt|apt-get|aptitude|dpkg|apk|apk\.static|yum|dnf|dnf5|microdnf|tdnf|rpm|zypper|pacman|opkg|snap|pip3?|npm)\z", RegexOptions.CultureInvariant)]
    public static partial Regex PackageManager();

    [GeneratedRegex(
        @"/s?bin/(?:[a-z0-9_]+-linux-(?:gnu|musl)[a-z]*-)?(?:cc|c\+\+|gcc|g\+\+|clang|clang\+\+|tcc|cpp|ld|lld|ld\.lld|ld\.bfd|as|rustc|javac|gdb|gdbserver|lldb|lldb-server|strace|ltrace)(?:-[0-9.]+)?\z|/libexec/gcc/.+/cc1(?:plus)?\z|/go/bin/go\z|/dotnet/sdk/[^/]+/dotnet\.dll\z",
        RegexOptions.CultureInvariant)]
    public static partial Regex Compiler();

    [GeneratedRegex(@"\.(?:pdb|dbg|debug|dwo|dwp)\z|\A/usr/lib/debug/", RegexOptions.CultureInvariant)]
    public static partial Regex DebugSymbols();
}
