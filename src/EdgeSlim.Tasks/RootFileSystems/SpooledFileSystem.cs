using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.RootFileSystems;

/// <summary>An image whose files are in a spool: no path of an image reaches this machine.</summary>
/// <param name="spool">The image; it is closed with this.</param>
internal sealed class SpooledFileSystem(FileSpool spool) : SourceFileSystem, IDisposable
{
    private readonly Dictionary<string, ImageEntry> _entries = spool.Entries.ToDictionary(e => e.Path, StringComparer.Ordinal);

    private readonly Lazy<ILookup<string, ImageEntry>> _byFolder =
        new(() => spool.Entries.ToLookup(e => e.Path[..e.Path.LastIndexOf('/')], StringComparer.Ordinal));

    /// <inheritdoc/>
    public override IEnumerable<ImageEntry> List(string folder) => _byFolder.Value[folder.TrimEnd('/')];

    /// <inheritdoc/>
    public override Stream Open(string source) => FileSpool.Holds(source) ? spool.Open(source) : base.Open(source);

    /// <summary>The SHA-256 of a file of the image, in hex digits.</summary>
    /// <param name="source">The source; null for what has none.</param>
    /// <returns>The hash; null where the file is none of the image.</returns>
    public string? HashOf(string? source) => source is not null && FileSpool.Holds(source) ? spool.HashOf(source) : null;

    /// <summary>Unpacks an image into a file that is gone when this is disposed.</summary>
    /// <param name="layout">The layout that holds its layers.</param>
    /// <param name="layers">The layers, base first.</param>
    /// <param name="folder">Where the file is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The image's files.</returns>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012).</exception>
    public static SpooledFileSystem Unpack(
        ImageLayout layout, IReadOnlyList<Descriptor> layers, string folder, CancellationToken cancellationToken)
    {
        FileStream file = new(
            Path.Combine(folder, $"{Guid.NewGuid():N}.tmp"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 18,
            FileOptions.DeleteOnClose);
        try
        {
            ImageReader.Spool(layout, layers, file, cancellationToken);
            return new SpooledFileSystem(FileSpool.TryOpen(file) ?? throw new DamagedSpoolException(file.Name));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => spool.Dispose();

    /// <inheritdoc/>
    protected override ImageEntry? Status(string path) => _entries.GetValueOrDefault(path);
}
