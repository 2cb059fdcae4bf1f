using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EdgeSlim.Diagnostics;
using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// All that a trial without an engine keeps on this machine, in one folder that says whose it is: the image's files, what the
/// runtime has to know, its state. Control groups have the folder's name, and processes have it on their command lines.
/// </summary>
internal sealed class TrialFolder : IAsyncDisposable
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private TrialFolder(string path)
    {
        Path = path;
        Name = System.IO.Path.GetFileName(path);
    }

    public string Path { get; }

    public string Name { get; }

    /// <summary>The files of the image.</summary>
    public string Root => this["rootfs"];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes one, after what dead builds left is removed.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="EdgeException">It cannot be written (EDGE3010).</exception>
    public static async Task<TrialFolder> CreateAsync(CancellationToken cancellationToken)
    {
        await RemoveDeadAsync();
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Nobody else may enter it, or have made it before: what is in the image is nobody else's business.
            TrialFolder folder = new(Directory.CreateTempSubdirectory($"{CommandLineEngine.Prefix}-{TrialOwner.Current}-").FullName);
            Directory.CreateDirectory(folder.Root);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, System.IO.Path.GetTempPath(), e.Message);
        }
    }

    /// <summary>Lets root of the trial's user namespace find what is in the folder by its path, and nobody else.</summary>
    /// <exception cref="EdgeException">It cannot be done (EDGE3010).</exception>
    [SupportedOSPlatform("linux")]
    public void OpenToUserNamespace()
    {
        if (!UserNamespace.TryOwn(Path, 0, UserNamespace.Root))
        {
            throw new EdgeException(DiagnosticCodes.OutputNotWritable, Path, new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        }

        File.SetUnixFileMode(Path, OwnersOnly | UnixFileMode.GroupExecute);
    }

    public async ValueTask DisposeAsync() => await RemoveAsync(Path);

    /// <summary>Removes what dead builds left: folders, control groups and processes.</summary>
    public static async Task RemoveDeadAsync()
    {
        await TrialCgroup.RemoveAsync(IsDead);
        foreach (string folder in FindDead())
        {
            await RemoveAsync(folder);
        }
    }

    /// <summary>Finds the folders of dead builds.</summary>
    /// <returns>Their paths.</returns>
    // Everybody can make a folder of such a name here, and change what is in it while it is deleted.
    public static IReadOnlyList<string> FindDead() =>
    [
        .. Directory.GetDirectories(System.IO.Path.GetTempPath(), $"{CommandLineEngine.Prefix}-*")
            .Where(f => IsDead(System.IO.Path.GetFileName(f)) && PrivateFolder.IsOne(f)),
    ];

    private static async Task RemoveAsync(string folder)
    {
        string name = System.IO.Path.GetFileName(folder);
        foreach (int process in ProcessesOf(folder))
        {
            Signal.Kill(process);
        }

        await TrialCgroup.RemoveAsync(n => n == name);
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next build's first step removes it.
        }
    }

    private static bool IsDead(string name) =>
        name.StartsWith(CommandLineEngine.Prefix + "-", StringComparison.Ordinal)
        && TrialOwner.Parse(name[(CommandLineEngine.Prefix.Length + 1)..])?.IsDead == true;

    private static IEnumerable<int> ProcessesOf(string folder)
    {
        foreach (string process in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(System.IO.Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && id != Environment.ProcessId
                && Names(CommandLine(process), folder))
            {
                yield return id;
            }
        }
    }

    // The name of a folder can be the beginning of another's.
    private static bool Names(string commandLine, string folder) =>
        commandLine.Split('\0').Any(a => a == folder || a.Contains(folder + "/", StringComparison.Ordinal) || a.EndsWith(folder, StringComparison.Ordinal));

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(process + "/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            return "";
        }
    }
}
