namespace EdgeSlim.Trials.Engines;

/// <summary>What an engine is told beside the profile, so that it works on machines where its defaults do not. Pure.</summary>
/// <param name="Runtime">Options that podman hands to the runtime with each command.</param>
/// <param name="Create">Options of the container.</param>
internal sealed record PodmanStart(IReadOnlyList<string> Runtime, IReadOnlyList<string> Create)
{
    private static readonly PodmanStart Plain = new([], []);

    // The limits of the engine's configuration may be above those that this process may set.
    private static readonly string[] LowLimits = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"];

    /// <summary>What is tried, one after the other, until a container can be made.</summary>
    /// <param name="profile">How the container is confined.</param>
    /// <param name="isPodman">Whether the engine is podman, which makes the process before it starts the application.</param>
    public static IReadOnlyList<PodmanStart> For(TrialProfile profile, bool isPodman)
    {
        if (!isPodman || profile.EngineArguments.Count > 0)
        {
            return [Plain];
        }

        if (Gvisor.IsRuntime(profile.Runtime))
        {
            string[] flags = profile.SeccompFile is null
                ? [Flag(Gvisor.ContainerNetwork)]
                : [Flag(Gvisor.ContainerNetwork), Flag(Gvisor.Seccomp)];
            return
            [
                new PodmanStart(flags, []),
                new PodmanStart(flags, LowLimits),
                new PodmanStart([.. flags, Flag(Gvisor.NoControlGroups)], LowLimits),
            ];
        }

        return profile.Runtime is not null
            ? [Plain, new PodmanStart([], LowLimits)]
            : [Plain, new PodmanStart([], LowLimits), new PodmanStart([], ["--runtime", "runc", .. LowLimits])];
    }

    private static string Flag(string flag) => "--runtime-flag=" + flag;
}
