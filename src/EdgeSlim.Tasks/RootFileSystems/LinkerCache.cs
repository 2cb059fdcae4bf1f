using System.Buffers.Binary;
using System.Text;

namespace EdgeSlim.RootFileSystems;

/// <summary>
/// <c>/etc/ld.so.cache</c>: all that glibc's dynamic linker knows of the folders in <c>/etc/ld.so.conf</c>, which only
/// <c>ldconfig</c> reads.
/// </summary>
internal sealed class LinkerCache
{
    public const string FilePath = "/etc/ld.so.cache";

    private const int HeaderSize = 48;
    private const int EntrySize = 24;

    private readonly Dictionary<string, List<string>> _paths = new(StringComparer.Ordinal);

    private LinkerCache()
    {
    }

    /// <summary>Reads a cache, as far as it can be read: the dynamic linker passes over a damaged one as well.</summary>
    public static LinkerCache Read(byte[]? content)
    {
        LinkerCache cache = new();

        // Older systems put a table of another form before this one.
        int start = content.AsSpan().IndexOf("glibc-ld.so.cache1.1"u8);
        if (start < 0 || content!.Length - start < HeaderSize)
        {
            return cache;
        }

        ReadOnlySpan<byte> table = content.AsSpan(start);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(table[20..]);
        for (long i = 0; i < count && HeaderSize + ((i + 1) * EntrySize) <= table.Length; i++)
        {
            ReadOnlySpan<byte> entry = table[(int)(HeaderSize + (i * EntrySize))..];
            if (Text(table, BinaryPrimitives.ReadUInt32LittleEndian(entry[4..])) is string name
                && Text(table, BinaryPrimitives.ReadUInt32LittleEndian(entry[8..])) is string path)
            {
                if (!cache._paths.TryGetValue(name, out List<string>? paths))
                {
                    cache._paths[name] = paths = [];
                }

                paths.Add(path);
            }
        }

        return cache;
    }

    public IEnumerable<string> Find(string name) => _paths.GetValueOrDefault(name) ?? [];

    private static string? Text(ReadOnlySpan<byte> table, uint offset)
    {
        if (offset >= table.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = table[(int)offset..];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? null : Encoding.UTF8.GetString(rest[..end]);
    }
}
