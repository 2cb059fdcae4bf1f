using System.Buffers.Binary;
using System.Text;

namespace EdgeSlim.Tests.Elf;

/// <summary>ELF files written by hand, byte for byte (System V ABI, "Object Files").</summary>
internal static class ElfBytes
{
    public const uint NoteSegment = 4;

    /// <summary>Where the content of <see cref="WithDynamic"/> begins.</summary>
    public const int ContentAt = 64 + (2 * 56);

    public static byte[] Header32(ushort machine)
    {
        byte[] header = new byte[52];
        "\u007fELF\u0001\u0001\u0001"u8.CopyTo(header);
        Put16(header, 16, 2);
        Put16(header, 18, machine);
        return header;
    }

    public static byte[] Header64(ushort type = 3)
    {
        byte[] header = new byte[64];
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(header);
        Put16(header, 16, type);
        Put16(header, 18, 62);
        return header;
    }

    public static byte[] WithInterpreter32(string interpreter)
    {
        byte[] text = Encoding.ASCII.GetBytes(interpreter + "\0");
        byte[] file = [.. Header32(40), .. new byte[32], .. text];
        Put32(file, 28, 52);
        Put16(file, 42, 32);
        Put16(file, 44, 1);
        Put32(file, 52, 3);
        Put32(file, 52 + 4, 84);
        Put32(file, 52 + 16, (uint)text.Length);
        return file;
    }

    /// <summary>A 64-bit file with a number of segments that all name the same content.</summary>
    public static byte[] WithSegments(uint type, int count, byte[] content)
    {
        int at = 64 + (56 * count);
        byte[] file = [.. Header64(), .. new byte[56 * count], .. content];
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(32), 64);
        Put16(file, 54, 56);
        Put16(file, 56, (ushort)count);
        for (int i = 0; i < count; i++)
        {
            Put32(file, 64 + (56 * i), type);
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(64 + (56 * i) + 8), at);
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(64 + (56 * i) + 32), content.Length);
        }

        return file;
    }

    /// <summary>
    /// A 64-bit file of one loaded segment, in which an address is an offset: the content begins at
    /// <see cref="ContentAt"/>, and the entries for the dynamic linker follow on it.
    /// </summary>
    public static byte[] WithDynamic(byte[] content, params (long Tag, long Value)[] entries)
    {
        byte[] dynamic = new byte[16 * entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(dynamic.AsSpan(16 * i), entries[i].Tag);
            BinaryPrimitives.WriteInt64LittleEndian(dynamic.AsSpan((16 * i) + 8), entries[i].Value);
        }

        byte[] file = [.. Header64(), .. new byte[2 * 56], .. content, .. dynamic];
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(32), 64);
        Put16(file, 54, 56);
        Put16(file, 56, 2);
        Put32(file, 64, 1);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(64 + 32), file.Length);
        Put32(file, 64 + 56, 2);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(64 + 56 + 8), ContentAt + content.Length);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(64 + 56 + 32), dynamic.Length);
        return file;
    }

    private static void Put16(byte[] file, int at, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);

    private static void Put32(byte[] file, int at, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
}

/// <summary>Counts what is read of it: the measure of work that does not depend on the machine.</summary>
internal sealed class CountingStream(byte[] content) : MemoryStream(content, writable: false)
{
    public long BytesRead { get; private set; }

    // Reads into spans come through here as well, since the class is derived.
    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }
}
