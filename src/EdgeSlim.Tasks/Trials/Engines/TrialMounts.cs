using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Trials.Engines;

/// <summary>What is mounted into an image, where no engine does it.</summary>
internal static class TrialMounts
{
    private const string Hosts = "/etc/hosts";

    /// <summary>Puts it together, and writes what has no file yet.</summary>
    /// <param name="image">The image.</param>
    /// <param name="files">Its files.</param>
    /// <param name="profile">What the trial mounts.</param>
    /// <param name="folder">The trial's folder.</param>
    /// <returns>The mounts.</returns>
    public static IReadOnlyList<TrialMount> Of(TrialImage image, ImageFileSystem files, TrialProfile profile, TrialFolder folder)
    {
        List<TrialMount> mounts = [.. profile.Mounts];
        if (image.Emulator is not null)
        {
            mounts.Add(new TrialMount(TrialProgram.EmulatorTarget, image.Emulator, true));
        }

        // Engines give each container one of its own: 'localhost' is looked up in it.
        bool hasFolder = files.Find("/etc") is null or { Kind: ImageEntryKind.Folder };
        if (hasFolder && files.Find(Hosts) is null && !mounts.Any(m => m.Target is Hosts or "/etc"))
        {
            string hosts = folder["hosts"];
            File.WriteAllText(hosts, "127.0.0.1 localhost\n");
            mounts.Add(new TrialMount(Hosts, hosts, true));
        }

        return mounts;
    }
}
