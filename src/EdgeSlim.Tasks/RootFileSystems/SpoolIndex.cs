using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EdgeSlim.RootFileSystems;

/// <summary>The content of a file in a spool.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Hash">Its SHA-256, in hex digits.</param>
internal sealed record SpooledContent(long Offset, long Length, string Hash);

/// <summary>
/// What stands at the end of a spool: each content, each entry of the image, and a footer of a fixed size with the place, the
/// length and the SHA-256 of both.
/// </summary>
internal static class SpoolIndex
{
    private const int FooterSize = sizeof(long) + sizeof(int) + SHA256.HashSizeInBytes;

    public static void Write(BinaryWriter writer, IReadOnlyList<SpooledContent> contents, IReadOnlyList<ImageEntry> entries)
    {
        writer.Write(contents.Count);
        foreach (SpooledContent content in contents)
        {
            writer.Write(content.Offset);
            writer.Write(content.Length);
            writer.Write(content.Hash);
        }

        writer.Write(entries.Count);
        foreach (ImageEntry entry in entries)
        {
            writer.Write(entry.Path);
            writer.Write((byte)entry.Kind);
            writer.Write(entry.Mode);
            writer.Write(entry.UserId);
            writer.Write(entry.GroupId);
            writer.Write(entry.Layer);
            Write(writer, entry.LinkTarget);
            Write(writer, entry.Source);
        }
    }

    public static byte[] Footer(long offset, ReadOnlySpan<byte> index)
    {
        byte[] footer = new byte[FooterSize];
        BinaryPrimitives.WriteInt64LittleEndian(footer, offset);
        BinaryPrimitives.WriteInt32LittleEndian(footer.AsSpan(sizeof(long)), index.Length);
        SHA256.HashData(index, footer.AsSpan(sizeof(long) + sizeof(int)));
        return footer;
    }

    /// <summary>Reads it, where it is what was written.</summary>
    /// <param name="file">The spool.</param>
    /// <returns>The contents and the entries; null where it is damaged.</returns>
    public static (IReadOnlyList<SpooledContent> Contents, IReadOnlyList<ImageEntry> Entries)? Read(FileStream file)
    {
        byte[] footer = new byte[FooterSize];
        if (file.Length < FooterSize)
        {
            return null;
        }

        file.Position = file.Length - FooterSize;
        file.ReadExactly(footer);
        long offset = BinaryPrimitives.ReadInt64LittleEndian(footer);
        int length = BinaryPrimitives.ReadInt32LittleEndian(footer.AsSpan(sizeof(long)));
        if (offset < 0 || length < 0 || offset != file.Length - FooterSize - length)
        {
            return null;
        }

        byte[] index = new byte[length];
        file.Position = offset;
        file.ReadExactly(index);
        return Footer(offset, index).AsSpan().SequenceEqual(footer) ? Read(index) : null;
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static (IReadOnlyList<SpooledContent> Contents, IReadOnlyList<ImageEntry> Entries) Read(byte[] index)
    {
        using BinaryReader reader = new(new MemoryStream(index), Encoding.UTF8);
        SpooledContent[] contents = new SpooledContent[reader.ReadInt32()];
        for (int i = 0; i < contents.Length; i++)
        {
            contents[i] = new SpooledContent(reader.ReadInt64(), reader.ReadInt64(), reader.ReadString());
        }

        ImageEntry[] entries = new ImageEntry[reader.ReadInt32()];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = new ImageEntry
            {
                Path = reader.ReadString(),
                Kind = (ImageEntryKind)reader.ReadByte(),
                Mode = reader.ReadInt32(),
                UserId = reader.ReadInt32(),
                GroupId = reader.ReadInt32(),
                Layer = reader.ReadInt32(),
                LinkTarget = reader.ReadBoolean() ? reader.ReadString() : null,
                Source = reader.ReadBoolean() ? reader.ReadString() : null,
            };
        }

        return (contents, entries);
    }
}
