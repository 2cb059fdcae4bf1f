using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>
/// Collects the files of a slice. A file goes where it really lies, without the links among the folders above it, and
/// gets a link at the path by which it is asked for where that is another.
/// </summary>
internal sealed class FileCollector
{
    private const int ExecuteBits = 0b001_001_001;

    private readonly SortedDictionary<string, SystemFile> _files = new(StringComparer.Ordinal);

    public IReadOnlyList<SystemFile> Files => [.. _files.Values];

    /// <summary>Takes a file that is asked for by its path.</summary>
    public void TakeAt(string path, ImageEntry file, string reason)
    {
        _files.TryAdd(file.Path, new SystemFile(file.Source, file.Path)
        {
            IsExecutable = (file.Mode & ExecuteBits) != 0,
            Reason = reason,
        });
        Link(FileTree.Normalize(path), file.Path, reason);
    }

    /// <summary>Takes a library that the dynamic linker looks for in its folders.</summary>
    public void TakeLibrary(LoadedObject library, LibrarySearch search, string reason)
    {
        ImageEntry file = library.Entry;
        IReadOnlyList<string> folders = search.SystemFolders(file.Elf!.File.Machine);
        string path = library.Path;

        // Where /lib is a link to /usr/lib, both are searched.
        bool isAlias = "/usr" + FolderOf(path) == FolderOf(file.Path) && folders.Contains(FolderOf(file.Path));
        TakeAt(isAlias ? "/usr" + path : path, file, reason);

        // Found by a cache or configuration that the slice does not have.
        if (!folders.Contains(FolderOf(path)) && !folders.Contains(FolderOf(file.Path)))
        {
            Link($"{folders[0]}/{path[(path.LastIndexOf('/') + 1)..]}", file.Path, reason);
        }
    }

    public void Add(SystemFile file) => _files.TryAdd(file.TargetPath, file);

    public void Replace(SystemFile file) => _files[file.TargetPath] = file;

    private void Link(string path, string target, string reason)
    {
        if (path != target)
        {
            string inFolder = FolderOf(path) == FolderOf(target) ? target[(target.LastIndexOf('/') + 1)..] : target;
            _files.TryAdd(path, new SystemFile(null, path, inFolder) { Reason = reason });
        }
    }

    private static string FolderOf(string path) => path[..path.LastIndexOf('/')];
}
