namespace EdgeSlim.Tests;

/// <summary>A folder as a ConfigMap is mounted: its files are links by way of <c>..data</c>, which is turned in one step.</summary>
internal sealed class MountedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _generation;

    // For whoever a container runs as.
    public MountedFolder() => _folder.Open((UnixFileMode)0b111_101_101);

    public string Path => _folder.Path;

    /// <summary>Writes a new generation as the kubelet does.</summary>
    public void Update(params (string Key, string Content)[] files)
    {
        string generation = $"..2026_01_02_{_generation++}";
        foreach ((string key, string content) in files)
        {
            // Always the same time: it is the link that changes.
            File.SetLastWriteTimeUtc(_folder.Write($"{generation}/{key}", content), DateTime.UnixEpoch);
        }

        File.CreateSymbolicLink(_folder["..data_tmp"], generation);
        Command.Run(Path, "mv", "-T", "..data_tmp", "..data").Succeeds();
        foreach ((string key, _) in files.Where(f => !File.Exists(_folder[f.Key])))
        {
            File.CreateSymbolicLink(_folder[key], $"..data/{key}");
        }
    }

    public void Dispose() => _folder.Dispose();
}
