using System.Globalization;

namespace EdgeSlim.Trials.Engines;

/// <summary>What <c>podman create</c>, <c>docker create</c> and <c>nerdctl create</c> are told. Pure.</summary>
internal static class CreateArguments
{
    /// <summary>The profile: as little as an application can live with.</summary>
    public static IReadOnlyList<string> Of(TrialProfile profile, TrialImage image, bool isPodman, string name, EnvironmentFile environment)
    {
        string memory = profile.MemoryBytes.ToString(CultureInfo.InvariantCulture);
        List<string> arguments =
        [
            "--name", name,
            "--pull=never",
            "--read-only",
            "--tmpfs", "/tmp",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            $"--memory={memory}",
            $"--memory-swap={memory}",
            string.Create(CultureInfo.InvariantCulture, $"--cpus={profile.MilliCpus / 1000m}"),
        ];
        if (isPodman)
        {
            // Of itself it writes /run and the like into memory, and hands on the proxies of the build machine.
            arguments.AddRange("--read-only-tmpfs=false", "--http-proxy=false");
        }

        if (profile.CpuShares is int shares)
        {
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"--cpu-shares={shares}"));
        }

        if (profile.RequestedMemoryBytes is long requested)
        {
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"--memory-reservation={requested}"));
        }

        if (string.IsNullOrEmpty(image.Image.Config.Config?.User))
        {
            arguments.Add($"--user={TrialProfile.DefaultUser}");
        }

        if (profile.Network is not null)
        {
            arguments.Add($"--network={profile.Network}");
        }

        if (profile.Runtime is not null)
        {
            arguments.Add($"--runtime={profile.Runtime}");
        }

        if (profile.SeccompFile is not null)
        {
            arguments.Add($"--security-opt=seccomp={profile.SeccompFile}");
        }

        arguments.AddRange("--env-file", environment.Path);
        arguments.AddRange(environment.Others.Keys.SelectMany(key => (string[])["-e", key]));
        foreach (TrialMount mount in profile.Mounts)
        {
            arguments.AddRange(mount.Source is null
                ? ["--tmpfs", mount.Target]
                : ["-v", $"{mount.Source}:{mount.Target}{(mount.IsReadOnly ? ":ro" : "")}"]);
        }

        if (image.Emulator is not null)
        {
            arguments.AddRange("-v", $"{image.Emulator}:{TrialProgram.EmulatorTarget}:ro", "--entrypoint", TrialProgram.EmulatorTarget);
        }

        arguments.AddRange(profile.EngineArguments);
        return arguments;
    }

    /// <summary>What stands behind the image's name.</summary>
    public static IReadOnlyList<string> Command(TrialProfile profile, TrialImage image) =>
        image.Emulator is null ? profile.Arguments : TrialProgram.CommandOf(image.Image.Config.Config, profile);
}
