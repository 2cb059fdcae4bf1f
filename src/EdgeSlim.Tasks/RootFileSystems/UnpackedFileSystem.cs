namespace EdgeSlim.RootFileSystems;

/// <summary>An image whose files were unpacked, each under a name of no meaning: no path of an image reaches this machine.</summary>
/// <param name="files">The image, with the sources of its files.</param>
public sealed class UnpackedFileSystem(ImageFileSystem files) : SourceFileSystem
{
    private readonly ILookup<string, ImageEntry> _byFolder =
        files.Entries.ToLookup(e => e.Path[..e.Path.LastIndexOf('/')], StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IEnumerable<ImageEntry> List(string folder) => _byFolder[folder.TrimEnd('/')];

    /// <inheritdoc/>
    protected override ImageEntry? Status(string path) => files.Look(path);
}
