namespace EdgeSlim.RootFileSystems;

/// <summary>Files that lie on top of a root file system, as an application's lie on its base.</summary>
public sealed class OverlayFileSystem : FileTree
{
    private readonly Dictionary<string, ImageEntry> _upper = new(StringComparer.Ordinal);
    private readonly FileTree _lower;

    /// <summary>Puts files on a root file system.</summary>
    /// <param name="upper">The files.</param>
    /// <param name="lower">What they lie on.</param>
    public OverlayFileSystem(IEnumerable<ImageEntry> upper, FileTree lower)
    {
        _lower = lower;
        foreach (ImageEntry entry in upper)
        {
            _upper[entry.Path] = entry;
            for (int slash = entry.Path.IndexOf('/', 1); slash > 0; slash = entry.Path.IndexOf('/', slash + 1))
            {
                string folder = entry.Path[..slash];
                _upper.TryAdd(folder, new ImageEntry { Path = folder, Kind = ImageEntryKind.Folder, Mode = 0b111_101_101 });
            }
        }
    }

    /// <inheritdoc/>
    protected internal override ImageEntry? Look(string path) =>
        _upper.GetValueOrDefault(path) is { Kind: not ImageEntryKind.Folder } file ? file
        : _lower.Look(path) ?? _upper.GetValueOrDefault(path);
}
