using System.Globalization;

namespace EdgeSlim.Trials.Engines;

/// <summary>What <c>podman create</c>, <c>docker create</c> and <c>nerdctl create</c> are told. Pure.</summary>
internal static class CreateArguments
{
    /// <summary>For an image that the engine has: what the image says of its user and its program is not repeated.</summary>
    public static IReadOnlyList<string> OfImage(TrialProfile profile, TrialImage image, bool isPodman, string name, EnvironmentFile environment)
    {
        List<string> own = string.IsNullOrEmpty(image.Image.Config.Config?.User) ? [$"--user={TrialProfile.DefaultUser}"] : [];
        if (image.Emulator is not null)
        {
            own.AddRange("--entrypoint", TrialProgram.EmulatorTarget);
        }

        return Of(profile, image, isPodman, name, environment, own);
    }

    /// <summary>For the files of an image in a folder, of which the engine knows nothing else.</summary>
    public static IReadOnlyList<string> OfFolder(TrialProfile profile, TrialImage image, TrialProgram program, string name, EnvironmentFile environment) =>
        Of(
            profile,
            image,
            isPodman: true,
            name,
            environment,
            [
                string.Create(CultureInfo.InvariantCulture, $"--user={program.UserId}:{program.GroupIds[0]}"),
                .. program.GroupIds.Skip(1).Select(g => string.Create(CultureInfo.InvariantCulture, $"--group-add={g}")),
                $"--workdir={program.Folder}",
                // A container has the labels of its image, by which users find it.
                .. (image.Image.Config.Config?.Labels ?? new Dictionary<string, string>()).SelectMany(l => (string[])["--label", $"{l.Key}={l.Value}"]),
            ]);

    /// <summary>What stands behind the image's name.</summary>
    public static IReadOnlyList<string> Command(TrialProfile profile, TrialImage image) =>
        image.Emulator is null ? profile.Arguments : TrialProgram.CommandOf(image.Image.Config.Config, profile);

    // The profile: as little as an application can live with.
    private static List<string> Of(
        TrialProfile profile, TrialImage image, bool isPodman, string name, EnvironmentFile environment, IReadOnlyList<string> own)
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

        arguments.AddRange(own);

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
            arguments.AddRange("-v", $"{image.Emulator}:{TrialProgram.EmulatorTarget}:ro");
        }

        arguments.AddRange(profile.EngineArguments);
        return arguments;
    }
}
