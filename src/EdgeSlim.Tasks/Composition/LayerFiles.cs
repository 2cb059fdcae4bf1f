using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>Gathers the entries of a layer from files of the build machine, with the folders above them.</summary>
internal sealed class LayerFiles
{
    private readonly SortedDictionary<string, LayerEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>The entries, sorted by path: a folder before what is in it.</summary>
    public IReadOnlyList<LayerEntry> Entries => [.. _entries.Values];

    /// <exception cref="EdgeException">The file is not there (EDGE3009).</exception>
    public void AddFile(string path, string source, int mode)
    {
        FileInfo status = new(source);
        if (!status.Exists)
        {
            throw new EdgeException(DiagnosticCodes.PayloadFileMissing, source, "the file does not exist");
        }

        Add(new LayerEntry
        {
            Path = path.Trim('/'),
            Mode = mode,
            Source = source,
            Size = status.Length,
            SourceWriteTimeUtc = status.LastWriteTimeUtc,
        });
    }

    public void AddText(string path, string text, int mode) => Add(new LayerEntry
    {
        Path = path.Trim('/'),
        Mode = mode,
        Text = text,
        Size = Encoding.UTF8.GetByteCount(text),
    });

    public void AddLink(string path, string target) =>
        Add(new LayerEntry { Path = path.Trim('/'), Mode = LayerEntry.LinkMode, LinkTarget = target });

    /// <summary>The folders above a path, the highest first.</summary>
    public static IEnumerable<string> FoldersAbove(string path)
    {
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    private void Add(LayerEntry entry)
    {
        string path = entry.Path;
        foreach (string folder in FoldersAbove(path))
        {
            _entries.TryAdd(
                folder, new LayerEntry { Path = folder, IsFolder = true, Mode = LayerEntry.ExecutableMode });
        }

        _entries[path] = entry;
    }
}
