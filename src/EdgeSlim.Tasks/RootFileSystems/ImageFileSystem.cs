namespace EdgeSlim.RootFileSystems;

/// <summary>The paths of an image, as a container sees them when all layers lie on each other.</summary>
public sealed class ImageFileSystem : FileTree
{
    private const int ImpliedFolderMode = 0b111_101_101;

    private readonly Dictionary<string, ImageEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>All entries, sorted by path.</summary>
    public IEnumerable<ImageEntry> Entries => _entries.Values.OrderBy(e => e.Path, StringComparer.Ordinal);

    /// <summary>Puts an entry of a layer on what the layers below it left.</summary>
    /// <param name="entry">The entry. A link among the folders above it is followed, as those who unpack images do.</param>
    public void Add(ImageEntry entry)
    {
        string path = Place(entry.Path, entry.Layer);
        if (path == "/")
        {
            return;
        }

        // A folder on a folder changes its rights only; all else takes the place of what was there.
        if (entry.Kind != ImageEntryKind.Folder && IsFolder(path))
        {
            RemoveBelow(path, int.MaxValue);
        }

        _entries[path] = entry with { Path = path };
    }

    /// <summary>Takes away what layers below have at a path (layer.md, "Whiteouts").</summary>
    /// <param name="path">The path.</param>
    /// <param name="layer">The layer that says so; what itself puts there stays.</param>
    public void Remove(string path, int layer)
    {
        path = Place(path, layer);
        bool isEmpty = !IsFolder(path) || RemoveBelow(path, layer);
        if (isEmpty && _entries.TryGetValue(path, out ImageEntry? entry) && entry.Layer < layer)
        {
            _entries.Remove(path);
        }
    }

    /// <summary>Takes away what layers below have in a folder (layer.md, "Opaque Whiteout").</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="layer">The layer that says so; what itself puts there stays.</param>
    public void Clear(string folder, int layer) => RemoveBelow(Place(folder, layer), layer);

    /// <summary>The folders that lead to a path, which has to be free of links.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The folders, from the root on.</returns>
    public IEnumerable<ImageEntry> FoldersAbove(string path)
    {
        for (int slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (_entries.TryGetValue(path[..slash], out ImageEntry? folder))
            {
                yield return folder;
            }
        }
    }

    /// <inheritdoc/>
    protected internal override ImageEntry? Look(string path) => _entries.GetValueOrDefault(path);

    private bool IsFolder(string path) =>
        _entries.TryGetValue(path, out ImageEntry? entry) && entry.Kind == ImageEntryKind.Folder;

    /// <summary>Where an entry of a layer lands: behind the links above it. Folders that no layer names are made.</summary>
    private string Place(string path, int layer)
    {
        path = Normalize(path);
        int last = path.LastIndexOf('/');
        string above = path[..last];
        if (above.Length == 0)
        {
            return path;
        }

        if (RealPath(above) is string real)
        {
            return real == "/" ? path[last..] : real + path[last..];
        }

        above = Place(above, layer);
        _entries[above] = new ImageEntry
        {
            Path = above,
            Kind = ImageEntryKind.Folder,
            Mode = ImpliedFolderMode,
            Layer = layer,
        };
        return above + path[last..];
    }

    /// <summary>Removes what lower layers have in a folder; gives whether it is empty then.</summary>
    private bool RemoveBelow(string folder, int layer)
    {
        string prefix = folder == "/" ? "/" : folder + "/";
        ImageEntry[] below = [.. _entries.Values.Where(e => e.Path.StartsWith(prefix, StringComparison.Ordinal))];
        HashSet<string> kept = new(StringComparer.Ordinal);
        foreach (ImageEntry entry in below.Where(e => e.Layer >= layer))
        {
            kept.Add(entry.Path);
            kept.UnionWith(FoldersAbove(entry.Path).Select(f => f.Path));
        }

        foreach (ImageEntry entry in below.Where(e => !kept.Contains(e.Path)))
        {
            _entries.Remove(entry.Path);
        }

        return kept.Count == 0;
    }
}
