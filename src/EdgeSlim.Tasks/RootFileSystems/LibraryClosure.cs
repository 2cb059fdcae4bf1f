namespace EdgeSlim.RootFileSystems;

/// <summary>A library that is not to be found.</summary>
/// <param name="Name">Its name, as DT_NEEDED has it.</param>
/// <param name="By">What needs it.</param>
internal sealed record MissingLibrary(string Name, LoadedObject By);

/// <summary>All that is loaded for one file, in the dynamic linker's order: breadth first.</summary>
internal sealed class LibraryClosure
{
    /// <summary>What finds its libraries.</summary>
    public LibrarySearch Search { get; }

    private readonly Dictionary<string, LoadedObject> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoadedObject> _byFile = new(StringComparer.Ordinal);
    private readonly List<LoadedObject> _objects = [];
    private readonly List<MissingLibrary> _missing = [];

    /// <summary>Makes the closure of a file.</summary>
    /// <param name="root">The file.</param>
    /// <param name="search">Finds libraries.</param>
    /// <param name="loaded">What the process has already loaded; null for nothing.</param>
    /// <param name="interpreter">The program interpreter, which is in the process as well; null for none.</param>
    public LibraryClosure(LoadedObject root, LibrarySearch search, LibraryClosure? loaded, ImageEntry? interpreter)
    {
        Search = search;
        foreach (LoadedObject present in loaded?._objects ?? [])
        {
            Register(present, null);
        }

        int own = _objects.Count;
        Register(root, null);
        if (interpreter?.Elf is not null)
        {
            Register(new LoadedObject(interpreter.Path, interpreter, root), null);
        }

        for (int i = own; i < _objects.Count; i++)
        {
            LoadNeeded(_objects[i]);
        }

        Own = _objects.GetRange(own, _objects.Count - own);
    }

    /// <summary>The objects that the file brings, the file first.</summary>
    public IReadOnlyList<LoadedObject> Own { get; }

    /// <summary>All objects of the process.</summary>
    public IReadOnlyList<LoadedObject> Objects => _objects;

    /// <summary>The libraries that are not to be found.</summary>
    public IReadOnlyList<MissingLibrary> Missing => _missing;

    /// <summary>The object that a needed name stands for; null where it was not found.</summary>
    public LoadedObject? Named(string name) => _byName.GetValueOrDefault(name);

    private void LoadNeeded(LoadedObject needing)
    {
        foreach (string name in needing.Elf.Dynamic?.Needed ?? [])
        {
            if (_byName.ContainsKey(name) || IsMuslItself(name))
            {
                continue;
            }

            if (Search.Find(name, needing) is not var (path, file))
            {
                _missing.Add(new MissingLibrary(name, needing));
            }
            else if (_byFile.TryGetValue(file.Path, out LoadedObject? present))
            {
                _byName[name] = present;
            }
            else
            {
                Register(new LoadedObject(path, file, needing), name);
            }
        }
    }

    private void Register(LoadedObject loaded, string? name)
    {
        if (!_byFile.TryAdd(loaded.Entry.Path, loaded))
        {
            return;
        }

        _objects.Add(loaded);
        if (name is not null)
        {
            _byName.TryAdd(name, loaded);
        }

        if (loaded.Elf.Dynamic?.SoName is string soName)
        {
            _byName.TryAdd(soName, loaded);
        }
    }

    // musl's dynamic linker is its C library too, under all these names (ldso/dynlink.c, "reserved").
    private bool IsMuslItself(string name) =>
        Search.Library == CLibrary.Musl
        && name.Split('.') is ["libc" or "libpthread" or "librt" or "libm" or "libdl" or "libutil" or "libxnet", _, ..];
}
