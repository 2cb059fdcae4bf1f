using System.Buffers.Binary;
using System.Text;

namespace EdgeSlim.Bases.Icu;

/// <summary>
/// ICU's data: a table of contents and the items that it names, sorted by name (<c>CmnD</c> in ICU's
/// <c>ucmndata.h</c>). Little-endian.
/// </summary>
public sealed class IcuDataPackage
{
    private const int Alignment = 16;
    private const int EntrySize = 8;

    private readonly byte[] _header;

    private IcuDataPackage(byte[] header, string prefix, IReadOnlyList<IcuItem> items)
    {
        _header = header;
        Prefix = prefix;
        Items = items;
    }

    /// <summary>What all names begin with, such as <c>icudt72l</c>: the version of ICU and the order of bytes.</summary>
    public string Prefix { get; }

    /// <summary>The symbol by which ICU's code finds the package, such as <c>icudt72_dat</c>.</summary>
    public string Symbol => Prefix[..^1] + "_dat";

    /// <summary>The items, without the prefix in their names.</summary>
    public IReadOnlyList<IcuItem> Items { get; }

    /// <summary>Reads a package.</summary>
    /// <param name="bytes">The package.</param>
    /// <returns>It.</returns>
    /// <exception cref="InvalidDataException">It is not a package, or a damaged one.</exception>
    public static IcuDataPackage Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Read(bytes);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("its table of contents leads outside of it");
        }
    }

    /// <summary>The same package with other items.</summary>
    /// <param name="items">The items, sorted as they were.</param>
    /// <returns>The package.</returns>
    public IcuDataPackage With(IReadOnlyList<IcuItem> items) => new(_header, Prefix, items);

    /// <summary>The bytes of the package.</summary>
    /// <returns>They are the same for the same items.</returns>
    public byte[] ToBytes()
    {
        byte[][] names = [.. Items.Select(i => Encoding.ASCII.GetBytes($"{Prefix}/{i.Name}\0"))];
        int namesAt = 4 + (EntrySize * Items.Count);
        int[] offsets = new int[Items.Count];
        int end = Align(namesAt + names.Sum(n => n.Length));
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = end;
            end = Align(end + Items[i].Content.Length);
        }

        byte[] bytes = new byte[_header.Length + end];
        _header.CopyTo(bytes, 0);
        Span<byte> body = bytes.AsSpan(_header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(body, Items.Count);
        int nameAt = namesAt;
        for (int i = 0; i < offsets.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(body[(4 + (EntrySize * i))..], nameAt);
            BinaryPrimitives.WriteInt32LittleEndian(body[(8 + (EntrySize * i))..], offsets[i]);
            names[i].CopyTo(body[nameAt..]);
            nameAt += names[i].Length;
            Items[i].Content.Span.CopyTo(body[offsets[i]..]);
        }

        return bytes;
    }

    private static IcuDataPackage Read(ReadOnlyMemory<byte> bytes)
    {
        int headerSize = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span);
        ReadOnlyMemory<byte> body = bytes[headerSize..];
        int count = BinaryPrimitives.ReadInt32LittleEndian(body.Span);
        if (count <= 0 || count > body.Length / EntrySize)
        {
            throw new InvalidDataException($"it declares {count} items");
        }

        List<IcuItem> items = [];
        string prefix = "";
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = body.Span[(4 + (EntrySize * i))..];
            string name = Name(body.Span, BinaryPrimitives.ReadInt32LittleEndian(entry));
            int start = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
            int end = i + 1 == count ? body.Length : BinaryPrimitives.ReadInt32LittleEndian(entry[(4 + EntrySize)..]);
            int slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 2 || (prefix.Length > 0 && prefix != name[..slash]))
            {
                throw new InvalidDataException($"it has an item '{name}'");
            }

            prefix = name[..slash];
            items.Add(new IcuItem(name[(slash + 1)..], body[start..end]));
        }

        return new IcuDataPackage(bytes[..headerSize].ToArray(), prefix, items);
    }

    private static string Name(ReadOnlySpan<byte> body, int at)
    {
        ReadOnlySpan<byte> name = body[at..];
        int length = name.IndexOf((byte)0);
        return length < 0
            ? throw new InvalidDataException("a name in it has no end")
            : Encoding.ASCII.GetString(name[..length]);
    }

    private static int Align(int offset) => (offset + Alignment - 1) / Alignment * Alignment;
}

/// <summary>An item of ICU's data.</summary>
/// <param name="Name">Its name, such as <c>curr/de.res</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record IcuItem(string Name, ReadOnlyMemory<byte> Content);
