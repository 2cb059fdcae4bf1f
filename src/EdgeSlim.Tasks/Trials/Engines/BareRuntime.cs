namespace EdgeSlim.Trials.Engines;

/// <summary>An OCI runtime that is used without an engine above it. Pure.</summary>
/// <param name="Path">Its program.</param>
internal sealed record BareRuntime(string Path)
{
    /// <summary>The names of those that are known, those that tell most first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["runc", "crun", "runsc"];

    public string Name { get; } = System.IO.Path.GetFileName(Path);

    public bool IsGvisor => Gvisor.IsRuntime(Path);

    /// <summary>
    /// Whether it keeps the control group that it made when the application has ended. One that does not would take away what
    /// there is to see: it gets a group that is there already.
    /// </summary>
    public bool KeepsControlGroup => Name.StartsWith("runc", StringComparison.Ordinal);

    /// <summary>Whether a program is an OCI runtime.</summary>
    public static bool IsOne(string program) =>
        Names.Any(n => System.IO.Path.GetFileName(program).StartsWith(n, StringComparison.Ordinal));

    /// <summary>What it is started with, before the command.</summary>
    /// <param name="folder">The trial's folder.</param>
    public IReadOnlyList<string> Options(TrialFolder folder) =>
        IsGvisor ? ["--root", folder["state"], "--" + Gvisor.NoControlGroups, "--" + Gvisor.ContainerNetwork]
        : KeepsControlGroup ? ["--root", folder["state"]]
        : ["--root", folder["state"], "--cgroup-manager=disabled"];

    /// <summary>The command that runs the container to its end.</summary>
    /// <param name="folder">The trial's folder.</param>
    /// <param name="profile">How it is confined.</param>
    public IReadOnlyList<string> Run(TrialFolder folder, TrialProfile profile)
    {
        List<string> arguments = [.. Options(folder)];
        if (IsGvisor && profile.SeccompFile is not null)
        {
            arguments.Add("--" + Gvisor.Seccomp);
        }

        arguments.Add("run");
        if (KeepsControlGroup)
        {
            arguments.Add("--keep");
        }

        return [.. arguments, "--bundle", folder.Path, folder.Name];
    }
}
