using System.Globalization;
using System.IO.MemoryMappedFiles;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.RootFileSystems;

/// <summary>
/// The content of many files, one behind the other in one file: a file system takes far longer to make ten thousand files than
/// to write as many bytes to one.
/// </summary>
public sealed class FileSpool : IDisposable
{
    private readonly FileStream _file;
    private readonly List<(long Offset, long Length)> _contents = [];
    private readonly byte[] _buffer = new byte[1 << 18];
    private MemoryMappedFile? _map;

    /// <summary>Makes an empty one.</summary>
    /// <param name="folder">The folder for its file, which is gone once the spool is closed.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public FileSpool(string folder)
    {
        _file = new FileStream(
            Path.Combine(folder, $"{Guid.NewGuid():N}.tmp"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 18,
            FileOptions.DeleteOnClose);
    }

    /// <summary>Adds a file.</summary>
    /// <param name="content">Its content.</param>
    /// <returns>Its name in the spool, which is no path.</returns>
    /// <exception cref="IOException">The content cannot be read.</exception>
    /// <exception cref="EdgeException">The spool cannot be written (EDGE3010).</exception>
    public string Add(Stream content)
    {
        long offset = _file.Position;
        for (int read; (read = content.Read(_buffer)) > 0;)
        {
            Write(() => _file.Write(_buffer, 0, read));
        }

        _contents.Add((offset, _file.Position - offset));
        return _file.Name + "#" + (_contents.Count - 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a name is one of the spool's.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is.</returns>
    public bool Holds(string name) => name.StartsWith(_file.Name + "#", StringComparison.Ordinal);

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its content.</returns>
    public Stream Open(string name)
    {
        (long offset, long length) = _contents[int.Parse(name.AsSpan(_file.Name.Length + 1), CultureInfo.InvariantCulture)];
        if (length == 0)
        {
            return new MemoryStream();
        }

        if (_map is null)
        {
            Write(_file.Flush);
            _map = MemoryMappedFile.CreateFromFile(
                _file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        }

        return _map.CreateViewStream(offset, length, MemoryMappedFileAccess.Read);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _map?.Dispose();
        _file.Dispose();
    }

    // A full disk is no fault of the layer that is read.
    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, _file.Name, e.Message);
        }
    }
}
