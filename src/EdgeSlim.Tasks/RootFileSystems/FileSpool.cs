using System.Globalization;
using System.Security.Cryptography;

namespace EdgeSlim.RootFileSystems;

/// <summary>The files of an image in one file, as <see cref="SpoolWriter"/> left them. Only what is asked for is read.</summary>
internal sealed class FileSpool : IDisposable
{
    /// <summary>What the name of a file in a spool begins with; a path on this machine does not.</summary>
    public const string NamePrefix = "spool:";

    private readonly FileStream _file;
    private readonly IReadOnlyList<SpooledContent> _contents;
    private readonly HashSet<int> _sound = [];

    private FileSpool(FileStream file, IReadOnlyList<SpooledContent> contents, IReadOnlyList<ImageEntry> entries)
    {
        _file = file;
        _contents = contents;
        Entries = entries;
    }

    /// <summary>What is in the image, sorted by path.</summary>
    public IReadOnlyList<ImageEntry> Entries { get; }

    /// <summary>Opens a spool.</summary>
    /// <param name="file">Its file, which is closed with the spool, and at once where this is none.</param>
    /// <returns>The spool; null where its end is damaged, which says what is in it.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileSpool? TryOpen(FileStream file)
    {
        try
        {
            if (SpoolIndex.Read(file) is var (contents, entries))
            {
                return new FileSpool(file, contents, entries);
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }

    /// <summary>Whether a name is that of a file in a spool.</summary>
    public static bool Holds(string name) => name.StartsWith(NamePrefix, StringComparison.Ordinal);

    /// <summary>The SHA-256 of a file, in hex digits.</summary>
    public string HashOf(string name) => _contents[Number(name)].Hash;

    /// <summary>Opens a file, and holds it against its hash when that is done for the first time.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="DamagedSpoolException">It is not what was written.</exception>
    public Stream Open(string name)
    {
        int number = Number(name);
        (long offset, long length, string hash) = _contents[number];
        FileRange content = new(_file.SafeFileHandle, offset, length);
        if (_sound.Add(number))
        {
            bool isSound = Convert.ToHexStringLower(SHA256.HashData(content)) == hash;
            content.Position = 0;
            if (!isSound)
            {
                throw new DamagedSpoolException(_file.Name);
            }
        }

        return content;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static int Number(string name) => int.Parse(name.AsSpan(NamePrefix.Length), CultureInfo.InvariantCulture);
}

/// <summary>A file of a spool is not what was written: the disk lost it, or somebody changed it.</summary>
/// <param name="path">The spool.</param>
internal sealed class DamagedSpoolException(string path) : Exception($"The file '{path}' is damaged.");
