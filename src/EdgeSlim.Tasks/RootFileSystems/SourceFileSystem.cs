using EdgeSlim.Diagnostics;

namespace EdgeSlim.RootFileSystems;

/// <summary>
/// A root file system whose files are on this machine, so that they can be taken. What a file holds is looked at when it
/// is first asked for.
/// </summary>
public abstract class SourceFileSystem : FileTree
{
    private readonly Dictionary<string, ImageEntry?> _seen = new(StringComparer.Ordinal);

    /// <summary>What a folder holds, sorted by path; nothing is looked into, and links are not followed.</summary>
    /// <param name="folder">The folder, under its real path.</param>
    /// <returns>The entries; none where there is no such folder.</returns>
    public abstract IEnumerable<ImageEntry> List(string folder);

    /// <summary>The paths of what a folder holds, sorted: for a folder of thousands, of which few are of interest.</summary>
    /// <param name="folder">The folder, under its real path.</param>
    /// <returns>The paths; none where there is no such folder.</returns>
    public virtual IEnumerable<string> Paths(string folder) => List(folder).Select(e => e.Path);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path; links are followed.</param>
    /// <returns>Its content; null where there is no such file.</returns>
    /// <exception cref="EdgeException">It cannot be read (EDGE3009).</exception>
    public byte[]? Read(string path) =>
        Find(path) is { Kind: ImageEntryKind.File, Source: string source } ? Guard(source, () => ReadAll(source)) : null;

    /// <summary>Opens the content of a file.</summary>
    /// <param name="source">The file's source (<see cref="ImageEntry.Source"/>).</param>
    /// <returns>The content, which can be read back and forth.</returns>
    public virtual Stream Open(string source) => File.OpenRead(source);

    /// <inheritdoc/>
    protected internal sealed override ImageEntry? Look(string path)
    {
        if (!_seen.TryGetValue(path, out ImageEntry? entry))
        {
            entry = Status(path);
            _seen[path] = entry = entry is { Kind: ImageEntryKind.File, Source: string source }
                ? Guard(source, () => Inspect(entry, source))
                : entry;
        }

        return entry;
    }

    /// <summary>What stands at a path, without looking into it.</summary>
    /// <param name="path">The path, of which no folder is a link.</param>
    /// <returns>What is there; null where nothing is.</returns>
    protected abstract ImageEntry? Status(string path);

    private byte[] ReadAll(string source)
    {
        using Stream content = Open(source);
        byte[] bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }

    private ImageEntry Inspect(ImageEntry entry, string source)
    {
        using EntryInspector inspector = new();
        using Stream content = Open(source);
        return inspector.Inspect(entry, content, CancellationToken.None);
    }

    private static T Guard<T>(string source, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.PayloadFileMissing, source, e.Message);
        }
    }
}
