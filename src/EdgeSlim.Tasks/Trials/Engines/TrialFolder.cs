using System.ComponentModel;
using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// All that a trial without an engine keeps on this machine, in one folder that says whose it is: the image's files, what the
/// runtime has to know, its state. Control groups have the folder's name, and processes have it on their command lines.
/// </summary>
internal sealed class TrialFolder : IAsyncDisposable
{
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

    /// <summary>Makes one, with the files of an image, after what dead builds left is removed.</summary>
    /// <exception cref="EdgeException">It cannot be written (EDGE3010).</exception>
    public static async Task<TrialFolder> CreateAsync(TrialImage image, CancellationToken cancellationToken)
    {
        await RemoveDeadAsync();
        TrialFolder? folder = null;
        try
        {
            // Nobody else may enter it, or have made it before: what is in the image is nobody else's business.
            folder = new TrialFolder(Directory.CreateTempSubdirectory($"{CommandLineEngine.Prefix}-{TrialOwner.Current}-").FullName);
            Directory.CreateDirectory(folder.Root);
            RootFolder.Unpack(image, folder.Root, cancellationToken);
            return folder;
        }
        catch (Exception e)
        {
            if (folder is not null)
            {
                await folder.DisposeAsync();
            }

            if (e is IOException or UnauthorizedAccessException)
            {
                throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, folder?.Path ?? System.IO.Path.GetTempPath(), e.Message);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync() => await RemoveAsync(Path);

    private static async Task RemoveDeadAsync()
    {
        await TrialCgroup.RemoveAsync(IsDead);
        foreach (string folder in Directory.GetDirectories(System.IO.Path.GetTempPath(), $"{CommandLineEngine.Prefix}-*")
            .Where(f => IsDead(System.IO.Path.GetFileName(f))))
        {
            await RemoveAsync(folder);
        }
    }

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
                && CommandLine(process).Contains(folder, StringComparison.Ordinal))
            {
                yield return id;
            }
        }
    }

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
