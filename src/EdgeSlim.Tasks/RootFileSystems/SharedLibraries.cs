namespace EdgeSlim.RootFileSystems;

/// <summary>The shared libraries of a root file system that programs find by their names.</summary>
/// <param name="files">The root file system.</param>
public sealed class SharedLibraries(SourceFileSystem files)
{
    private readonly Lazy<string[]> _folders = new(() =>
    [
        "/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib",
        .. files.List("/usr/lib").Where(e => e.Kind == ImageEntryKind.Folder && e.Path.Contains("-linux-", StringComparison.Ordinal)).Select(e => e.Path),
    ]);

    /// <summary>Whether there is a library.</summary>
    /// <param name="name">The name of its file; a path is looked at as it is.</param>
    /// <returns>Whether there is, and whether it is one: a script of the linker has such a name too.</returns>
    public bool Has(string name) =>
        (name.StartsWith('/') ? [name] : _folders.Value.Select(f => $"{f}/{name}")).Any(path => files.Find(path)?.Elf is not null);
}
