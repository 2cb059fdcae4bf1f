using System.Text;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>
/// Reads which files a single-file application holds: the .NET SDK appends them to a host and writes, behind a mark, where
/// their list is.
/// </summary>
internal static class BundleReader
{
    // SHA-256 of ".net core bundle", as the host carries it.
    private static readonly byte[] Mark =
    [
        0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32,
        0x13, 0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
    ];

    private const int MaxFiles = 100_000;

    /// <summary>Reads the list.</summary>
    /// <param name="content">The whole file.</param>
    /// <returns>The files and the bytes that each takes; null where it is no such application.</returns>
    public static IReadOnlyList<BundledFile>? TryRead(byte[] content)
    {
        int mark = content.AsSpan().IndexOf(Mark);
        if (mark < 8)
        {
            return null;
        }

        try
        {
            long header = BitConverter.ToInt64(content, mark - 8);
            return header <= 0 || header >= content.Length ? null : Read(content, header);
        }
        catch (Exception e) when (e is EndOfStreamException or IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static List<BundledFile>? Read(byte[] content, long header)
    {
        using BinaryReader reader = new(new MemoryStream(content, writable: false), Encoding.UTF8);
        reader.BaseStream.Position = header;
        uint major = reader.ReadUInt32();
        reader.ReadUInt32();
        int count = reader.ReadInt32();
        if (major is not (2 or 6) || count is < 0 or > MaxFiles)
        {
            return null;
        }

        reader.ReadString();
        // Where the two files that describe the application are, and flags.
        reader.BaseStream.Position += 40;
        List<BundledFile> files = [];
        for (int i = 0; i < count; i++)
        {
            reader.ReadInt64();
            long size = reader.ReadInt64();
            long compressed = major >= 6 ? reader.ReadInt64() : 0;
            reader.ReadByte();
            files.Add(new BundledFile(reader.ReadString(), compressed > 0 ? compressed : size));
        }

        return files.Sum(f => f.Bytes) <= content.Length && files.TrueForAll(f => f.Bytes >= 0) ? files : null;
    }
}

/// <summary>A file in a single-file application.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">The bytes that it takes.</param>
internal sealed record BundledFile(string Path, long Bytes);
