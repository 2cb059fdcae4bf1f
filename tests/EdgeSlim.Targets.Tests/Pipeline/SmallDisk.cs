namespace EdgeSlim.Tests;

/// <summary>A file system of a given size in memory; making one takes root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    public string Path => _folder.Path;

    public static SmallDisk Mount(string size, bool readOnly = false)
    {
        SmallDisk disk = new();
        string options = $"size={size}" + (readOnly ? ",ro" : "");
        CommandResult result = Command.Run("/", "mount", "-t", "tmpfs", "-o", options, "edgeslim-test", disk.Path);
        if (result.ExitCode != 0)
        {
            disk._folder.Dispose();
            Assert.Inconclusive("Mounting a small disk takes root: " + result.Output);
        }

        return disk;
    }

    public void Dispose()
    {
        Command.Run("/", "umount", Path);
        _folder.Dispose();
    }
}
