using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Trials.Engines;

/// <summary>What an engine without images of its own starts: what the image and the profile come to together.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Environment">Its environment, whole.</param>
/// <param name="Folder">Where it starts.</param>
/// <param name="UserId">Who it runs as.</param>
/// <param name="GroupIds">The groups of that user, the first one its own.</param>
internal sealed record TrialProgram(
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    string Folder,
    int UserId,
    IReadOnlyList<int> GroupIds)
{
    /// <summary>Where the emulator is in the container, where one is needed.</summary>
    public const string EmulatorTarget = "/.edgeslim-emulator";

    /// <summary>Puts it together. Pure.</summary>
    /// <param name="image">The image.</param>
    /// <param name="files">Its files, for the names of users.</param>
    /// <param name="profile">What the trial adds.</param>
    /// <returns>It.</returns>
    /// <exception cref="EdgeException">The image names a user that it does not have (EDGE6002).</exception>
    public static TrialProgram Of(TrialImage image, ImageFileSystem files, TrialProfile profile)
    {
        ContainerConfig config = image.Image.Config.Config ?? new ContainerConfig();
        string named = string.IsNullOrEmpty(config.User) ? TrialProfile.DefaultUser : config.User;
        ImageUser user = ImageUser.Find(named, files)
            ?? throw new EdgeException(DiagnosticCodes.TrialEngineFailed, "unpack", $"the image has no user '{named}'");
        SortedDictionary<string, string> environment = new(StringComparer.Ordinal)
        {
            ["PATH"] = ContainerConfig.DefaultPath,
            ["HOME"] = user.Home,
        };
        foreach (string[] variable in (config.Env ?? []).Select(v => v.Split('=', 2)).Where(v => v.Length == 2))
        {
            environment[variable[0]] = variable[1];
        }

        foreach ((string name, string value) in profile.Environment)
        {
            environment[name] = value;
        }

        return new TrialProgram(
            [.. image.Emulator is null ? (string[])[] : [EmulatorTarget], .. CommandOf(config, profile)],
            environment,
            string.IsNullOrEmpty(config.WorkingDir) ? "/" : config.WorkingDir,
            user.UserId,
            user.GroupIds);
    }

    /// <summary>What the image runs, with the profile's arguments in place of its own.</summary>
    /// <param name="config">The image's settings.</param>
    /// <param name="profile">The profile.</param>
    /// <returns>The program and its arguments.</returns>
    public static IReadOnlyList<string> CommandOf(ContainerConfig? config, TrialProfile profile) =>
        [.. config?.Entrypoint ?? [], .. profile.Arguments.Count > 0 ? profile.Arguments : config?.Cmd ?? []];
}
