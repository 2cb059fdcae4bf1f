using System.Globalization;
using System.Text;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials.Engines.Sandbox;

/// <summary>What <c>sandbox.c</c> does before it becomes the application. Pure.</summary>
internal sealed class SandboxSteps
{
    // The letters are the flags of a mount: read-only, no setuid, no devices, no execution.
    private const string Kernel = "sdx";
    private const string Memory = "sd";

    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom"];

    private readonly List<string> _texts = [];

    /// <summary>Writes the steps of a trial.</summary>
    /// <param name="program">What is started.</param>
    /// <param name="profile">How it is confined.</param>
    /// <param name="mounts">What is mounted into the image.</param>
    /// <param name="groups">The folders of the control group.</param>
    /// <param name="userNamespace">Whether it gets a user namespace.</param>
    /// <param name="filter">The program of the system call filter.</param>
    /// <returns>The steps.</returns>
    /// <exception cref="EdgeException">A text has a zero byte in it, which no program can be given (EDGE6002).</exception>
    public static SandboxSteps Of(
        TrialProgram program,
        TrialProfile profile,
        IReadOnlyList<TrialMount> mounts,
        IReadOnlyList<SandboxGroup> groups,
        bool userNamespace,
        byte[] filter)
    {
        SandboxSteps steps = new();
        foreach (SandboxGroup group in groups)
        {
            steps.Add("cgroup", group.Folder);
        }

        if (userNamespace)
        {
            steps.Add("users", Number(UserNamespace.Root));
        }

        if (profile.Network == TrialProfile.NoNetwork)
        {
            steps.Add("no-network");
        }

        steps.Add("host", "trial");
        steps.Add("mount", "tmpfs", "/tmp", Memory, "mode=1777");
        steps.AddKernelFolders(groups);
        foreach (TrialMount mount in mounts)
        {
            if (mount.Source is null)
            {
                steps.Add("mount", "tmpfs", mount.Target, Memory, "mode=1777");
            }
            else
            {
                steps.Add("bind", mount.Source, mount.Target, Directory.Exists(mount.Source) ? "folder" : "file", mount.IsReadOnly ? "r" + Memory : Memory);
            }
        }

        steps.Add("folder", program.Folder);
        steps.Add("protect-root");
        steps.Add("user", Number(program.UserId));
        steps.Add("group", Number(program.GroupIds[0]));
        foreach (int group in program.GroupIds.Skip(1))
        {
            steps.Add("other-group", Number(group));
        }

        steps.Add("filter", Convert.ToHexStringLower(filter));
        steps.Add("enter", program.Folder);
        steps.Add("path", program.Environment.GetValueOrDefault("PATH") ?? "");
        foreach ((string name, string value) in program.Environment)
        {
            steps.Add("variable", $"{name}={value}");
        }

        foreach (string argument in program.Command)
        {
            steps.Add("argument", argument);
        }

        return steps;
    }

    /// <summary>As the program reads them.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Concat(_texts.Select(t => t + '\0')));

    private void AddKernelFolders(IReadOnlyList<SandboxGroup> groups)
    {
        Add("mount", "proc", "/proc", Kernel, "");
        Add("mount", "sysfs", "/sys", "r" + Kernel, "");
        if (groups.Any(g => g.Controllers is not null))
        {
            Add("mount", "tmpfs", "/sys/fs/cgroup", Kernel, "mode=755");
        }

        foreach (SandboxGroup group in groups)
        {
            string target = group.Controllers is null ? "/sys/fs/cgroup" : "/sys/fs/cgroup/" + group.Controllers;
            Add("bind", group.Folder, target, "folder", "r" + Kernel);
        }

        Add("mount", "tmpfs", "/dev", "sx", "mode=755");
        foreach (string device in Devices)
        {
            Add("bind", "/dev/" + device, "/dev/" + device, "file", "");
        }

        Add("link", "/proc/self/fd", "/dev/fd");
        Add("mount", "tmpfs", "/dev/shm", Kernel, "mode=1777");
        foreach (string path in KernelPaths.Hidden)
        {
            Add("hide", path);
        }

        foreach (string path in KernelPaths.ReadOnly)
        {
            Add("protect", path);
        }
    }

    private void Add(string step, params string[] arguments)
    {
        foreach (string text in (string[])[step, Number(arguments.Length), .. arguments])
        {
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                throw new EdgeException(DiagnosticCodes.TrialEngineFailed, PlainEngine.EngineName, $"a zero byte is in '{text.Replace("\0", "\\0", StringComparison.Ordinal)}'");
            }

            _texts.Add(text);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A folder of the trial's control group.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Controllers">The name of its hierarchy in <c>/sys/fs/cgroup</c>; null in the unified one.</param>
internal sealed record SandboxGroup(string Folder, string? Controllers);
