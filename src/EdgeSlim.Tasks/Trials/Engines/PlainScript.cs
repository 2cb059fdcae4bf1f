using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials.Engines;

/// <summary>How a shell confines a program, and becomes it. Pure.</summary>
/// <param name="Unshare">The program unshare(1).</param>
/// <param name="SetPrivileges">The program setpriv(1).</param>
/// <param name="Mount">The program mount(8).</param>
internal sealed partial record PlainScript(string Unshare, string SetPrivileges, string Mount)
{
    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom"];

    /// <summary>Sets the environment of a program.</summary>
    /// <param name="program">The program.</param>
    /// <returns>Lines of a shell: command lines can be read by everybody on the machine.</returns>
    /// <exception cref="EdgeException">A shell cannot hand down a variable of that name (EDGE6002).</exception>
    public static string Variables(TrialProgram program)
    {
        StringBuilder lines = new();
        foreach ((string name, string value) in program.Environment)
        {
            lines.Append(Identifier().IsMatch(name)
                ? $"export {name}={Quote(value)}\n"
                : throw new EdgeException(
                    DiagnosticCodes.TrialEngineFailed, PlainEngine.EngineName, $"it cannot set the variable '{name}', whose name is none for a shell"));
        }

        return lines.ToString();
    }

    /// <summary>The program that makes the namespaces, and the script that it runs in them.</summary>
    /// <param name="folder">The trial's folder.</param>
    /// <param name="program">What is started in the end.</param>
    /// <param name="profile">How it is confined.</param>
    /// <param name="emulator">The emulator that it is started by, where there is one.</param>
    /// <returns>The program and its arguments.</returns>
    public IReadOnlyList<string> Write(TrialFolder folder, TrialProgram program, TrialProfile profile, string? emulator)
    {
        List<string> namespaces = ["--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child", "--propagation", "private"];
        if (profile.Network == TrialProfile.NoNetwork)
        {
            namespaces.Add("--net");
        }

        // What stays of the process in the machine's view is 'unshare', whose id is the shell's.
        string outer = $"echo $$ > '{folder["process.new"]}' && mv '{folder["process.new"]}' '{GatedContainer.Process(folder)}' && exec \"$@\"";
        return
        [
            "/bin/sh", "-c", outer, "sh",
            SetPrivileges, "--no-new-privs", Unshare, .. namespaces,
            "/bin/sh", "-c", Inner(folder, program, profile, emulator), "sh", .. program.Command,
        ];
    }

    private string Inner(TrialFolder folder, TrialProgram program, TrialProfile profile, string? emulator)
    {
        string root = folder.Root;
        StringBuilder script = new($$"""
            set -e
            umask 022
            at() { mkdir -p "$1"; }
            on() { mkdir -p "${1%/*}"; [ -e "$1" ] || : > "$1"; }
            m={{Quote(Mount)}}
            r={{Quote(root)}}
            $m --bind "$r" "$r"
            at "$r/proc"; $m -t proc proc "$r/proc"
            at "$r/sys"; $m -t sysfs -o ro sysfs "$r/sys"
            [ ! -d /sys/fs/cgroup ] || $m --rbind /sys/fs/cgroup "$r/sys/fs/cgroup"
            at "$r/dev"; $m -t tmpfs -o mode=755 tmpfs "$r/dev"
            for d in {{string.Join(' ', Devices)}}; do on "$r/dev/$d"; $m --bind "/dev/$d" "$r/dev/$d"; done
            ln -s /proc/self/fd "$r/dev/fd"
            at "$r/dev/shm"; $m -t tmpfs -o mode=1777 tmpfs "$r/dev/shm"
            at "$r/tmp"; $m -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$r/tmp"

            """);
        foreach (TrialMount mount in emulator is null ? profile.Mounts : [.. profile.Mounts, new TrialMount(TrialProgram.EmulatorTarget, emulator, true)])
        {
            script.Append(Line(mount));
        }

        // Once the root cannot be written, nothing more can be put into it.
        script.Append(CultureInfo.InvariantCulture, $"""
            $m -o remount,bind,ro "$r" "$r"
            while [ ! -e {Quote(GatedContainer.Gate(folder))} ] && [ -e {Quote(folder.Path)} ]; do sleep 0.005; done
            exec </dev/null
            set -a
            . {Quote(folder["environment"])}
            exec {Quote(Unshare)} --root "$r" --wd {Quote(program.Folder)} --setgid {program.GroupIds[0]} --setuid {program.UserId} "$@"
            """);
        return script.ToString();
    }

    private static string Line(TrialMount mount)
    {
        string target = "\"$r\"" + Quote(mount.Target);
        return mount.Source is null
            ? $"at {target}; $m -t tmpfs -o mode=1777,nosuid,nodev tmpfs {target}\n"
            : $"if [ -d {Quote(mount.Source)} ]; then at {target}; else on {target}; fi; $m --bind {Quote(mount.Source)} {target}\n"
                + (mount.IsReadOnly ? $"$m -o remount,bind,ro {target}\n" : "");
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Identifier();
}
