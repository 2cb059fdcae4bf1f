namespace EdgeSlim.RootFileSystems;

/// <summary>An image whose files are in a spool: no path of an image reaches this machine.</summary>
/// <param name="files">The image, with the names of its files in the spool.</param>
/// <param name="spool">The content of the files.</param>
public sealed class SpooledFileSystem(ImageFileSystem files, FileSpool spool) : SourceFileSystem, IDisposable
{
    private readonly ILookup<string, ImageEntry> _byFolder =
        files.Entries.ToLookup(e => e.Path[..e.Path.LastIndexOf('/')], StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IEnumerable<ImageEntry> List(string folder) => _byFolder[folder.TrimEnd('/')];

    /// <inheritdoc/>
    public override Stream Open(string source) => spool.Holds(source) ? spool.Open(source) : base.Open(source);

    /// <summary>Whether a source is a file of the image, and none of this machine.</summary>
    /// <param name="source">The source.</param>
    /// <returns>Whether it is.</returns>
    public bool Holds(string source) => spool.Holds(source);

    /// <inheritdoc/>
    public void Dispose() => spool.Dispose();

    /// <inheritdoc/>
    protected override ImageEntry? Status(string path) => files.Look(path);
}
