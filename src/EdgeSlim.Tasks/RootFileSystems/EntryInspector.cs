using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.RootFileSystems;

/// <summary>Looks into the files of a layer while they pass by, and keeps what others may need to know of them.</summary>
internal sealed class EntryInspector : IDisposable
{
    // The kernel reads no more of a script's first line (BINPRM_BUF_SIZE).
    private const int BeginningSize = 256;
    private const int MaxContentSize = 4 << 20;

    // ELF files are read back and forth. Larger ones pass through a file, so that no image can fill the memory.
    private const int MaxMemorySize = 32 << 20;

    private static readonly string[] KeptFiles = ["/etc/passwd", "/etc/group", "/etc/dotnet/install_location", LinkerCache.FilePath];

    // What is there has the headers of a program and nothing of its content: debuggers read it, nobody loads it.
    private const string SymbolsFolder = "/usr/lib/debug/";

    private readonly byte[] _beginning = new byte[BeginningSize];
    private byte[] _memory = [];
    private FileStream? _file;

    public ImageEntry Inspect(ImageEntry entry, Stream content, CancellationToken cancellationToken)
    {
        if (IsKept(entry.Path))
        {
            return content.Length > MaxContentSize ? entry : entry with { Content = ReadAll(content) };
        }

        int length = content.ReadAtLeast(_beginning, BeginningSize, throwOnEndOfStream: false);
        ReadOnlySpan<byte> beginning = _beginning.AsSpan(0, length);
        if (beginning.StartsWith("#!"u8))
        {
            int end = beginning.IndexOf((byte)'\n');
            return entry with { InterpreterLine = Encoding.UTF8.GetString(beginning[2..(end < 0 ? length : end)]).Trim(' ', '\t') };
        }

        if (!beginning.StartsWith("\u007fELF"u8) || entry.Path.StartsWith(SymbolsFolder, StringComparison.Ordinal))
        {
            return entry;
        }

        Stream seekable = content.CanSeek ? content : Seekable(content, length, cancellationToken);
        try
        {
            ElfReader reader = ElfReader.TryOpen(seekable, entry.Path)!;
            return entry with { Elf = new ImageElf(reader.ReadFile(), reader.ReadDynamic(), reader.ReadDynamicSymbols()) };
        }
        catch (EdgeException e)
        {
            return entry with { Damage = e.Message };
        }
    }

    public void Dispose() => _file?.Dispose();

    private static bool IsKept(string path) =>
        KeptFiles.Contains(path)
        || (path.StartsWith("/etc/ld-musl-", StringComparison.Ordinal) && path.EndsWith(".path", StringComparison.Ordinal));

    private static byte[] ReadAll(Stream content)
    {
        byte[] bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }

    private Stream Seekable(Stream content, int begun, CancellationToken cancellationToken)
    {
        if (content.Length > MaxMemorySize)
        {
            return Spooled(content, begun, cancellationToken);
        }

        if (_memory.Length < content.Length)
        {
            _memory = new byte[content.Length];
        }

        _beginning.AsSpan(0, begun).CopyTo(_memory);
        content.ReadExactly(_memory, begun, (int)content.Length - begun);
        return new MemoryStream(_memory, 0, (int)content.Length, writable: false);
    }

    private FileStream Spooled(Stream content, int begun, CancellationToken cancellationToken)
    {
        _file ??= new FileStream(
            Path.Combine(Path.GetTempPath(), $"edgeslim-{Guid.NewGuid():N}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 1 << 16,
            FileOptions.DeleteOnClose);
        _file.SetLength(0);
        _file.Write(_beginning, 0, begun);
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _file.Write(buffer, 0, read);
        }

        return _file;
    }
}
