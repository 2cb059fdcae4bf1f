namespace EdgeSlim.RootFileSystems;

/// <summary>The root file system in a folder of this machine: its own in <c>/</c>.</summary>
/// <param name="root">The folder.</param>
public sealed class FolderFileSystem(string root) : SourceFileSystem
{
    private readonly string _root = root.TrimEnd('/');

    /// <inheritdoc/>
    public override IEnumerable<ImageEntry> List(string folder)
    {
        DirectoryInfo directory = new(_root + folder);
        return directory.Exists
            ? directory.EnumerateFileSystemInfos()
                .OrderBy(i => i.Name, StringComparer.Ordinal)
                .Select(i => Describe(folder.TrimEnd('/') + "/" + i.Name, i))
            : [];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Paths(string folder) => Directory.Exists(_root + folder)
        ? Directory.EnumerateFileSystemEntries(_root + folder)
            .Select(e => $"{folder.TrimEnd('/')}/{Path.GetFileName(e)}")
            .Order(StringComparer.Ordinal)
        : [];

    /// <inheritdoc/>
    protected override ImageEntry? Status(string path)
    {
        string local = _root + path;
        FileInfo file = new(local);
        return file.LinkTarget is not null || file.Exists ? Describe(path, file)
            : Directory.Exists(local) ? Describe(path, new DirectoryInfo(local))
            : null;
    }

    private static ImageEntry Describe(string path, FileSystemInfo status) => new()
    {
        Path = path,
        Kind = status.LinkTarget is not null ? ImageEntryKind.Link
            : status is DirectoryInfo ? ImageEntryKind.Folder
            : status.Attributes.HasFlag(FileAttributes.Device) ? ImageEntryKind.Other
            : ImageEntryKind.File,
        Mode = OperatingSystem.IsWindows() ? 0 : (int)status.UnixFileMode,
        LinkTarget = status.LinkTarget,
        Source = status.FullName,
    };
}
