using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.RootFileSystems;

/// <summary>
/// Writes the files of an image one behind the other into one file, and behind them where each is: a file system takes far
/// longer to make ten thousand files than to write as many bytes to one. <see cref="FileSpool"/> reads it.
/// </summary>
/// <param name="file">The file, which is empty; it stays open.</param>
internal sealed class SpoolWriter(FileStream file)
{
    private readonly List<SpooledContent> _contents = [];
    private readonly byte[] _buffer = new byte[1 << 18];

    /// <summary>Adds a file.</summary>
    /// <param name="content">Its content; null for none.</param>
    /// <returns>Its name in the spool, which is no path.</returns>
    /// <exception cref="IOException">The content cannot be read.</exception>
    /// <exception cref="EdgeException">The spool cannot be written (EDGE3010).</exception>
    public string Add(Stream? content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long offset = file.Position;
        for (int read; (read = content?.Read(_buffer) ?? 0) > 0;)
        {
            hash.AppendData(_buffer, 0, read);
            Write(() => file.Write(_buffer, 0, read));
        }

        _contents.Add(new SpooledContent(offset, file.Position - offset, Convert.ToHexStringLower(hash.GetHashAndReset())));
        return FileSpool.NamePrefix + (_contents.Count - 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Says where everything is.</summary>
    /// <param name="entries">What is in the image; the sources of files are their names in the spool.</param>
    /// <exception cref="EdgeException">The spool cannot be written (EDGE3010).</exception>
    public void Finish(IEnumerable<ImageEntry> entries) => Write(() =>
    {
        using MemoryStream index = new();
        using BinaryWriter writer = new(index, Encoding.UTF8);
        SpoolIndex.Write(writer, _contents, [.. entries]);
        writer.Flush();
        long offset = file.Position;
        file.Write(index.GetBuffer().AsSpan(0, (int)index.Length));
        file.Write(SpoolIndex.Footer(offset, index.GetBuffer().AsSpan(0, (int)index.Length)));
        file.Flush();
    });

    // A full disk is no fault of the layer that is read.
    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (IOException e)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, file.Name, e.Message);
        }
    }
}
