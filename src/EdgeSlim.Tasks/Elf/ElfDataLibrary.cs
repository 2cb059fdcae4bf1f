using System.Buffers.Binary;
using System.Text;

namespace EdgeSlim.Elf;

/// <summary>
/// Writes a shared library that has one object of constant data and no code (System V ABI, "Object Files"). It needs no compiler,
/// and is for the processor of the library whose place it takes.
/// </summary>
public static class ElfDataLibrary
{
    private const uint SegmentLoad = 1;
    private const uint SegmentDynamic = 2;
    private const uint SegmentStack = 0x6474E551;
    private const uint Readable = 4;
    private const uint Writable = 2;

    // The largest page of any processor: what is below it lies in a segment of its own.
    private const int DataAt = 0x10000;
    private const int Segments = 4;

    /// <summary>Writes it.</summary>
    /// <param name="model">The library whose place it takes; its header says the processor.</param>
    /// <param name="soName">The name under which others need it.</param>
    /// <param name="symbol">The symbol of the data.</param>
    /// <param name="data">The data.</param>
    /// <returns>The bytes of the library.</returns>
    /// <exception cref="InvalidDataException">The model is no little-endian ELF file.</exception>
    public static byte[] Write(ReadOnlySpan<byte> model, string soName, string symbol, ReadOnlySpan<byte> data)
    {
        if (model.Length < 64 || !model.StartsWith("\u007fELF"u8) || model[4] is not (1 or 2) || model[5] != 1)
        {
            throw new InvalidDataException("it is not a shared library");
        }

        bool is64 = model[4] == 2;
        byte[] names = [0, .. Encoding.ASCII.GetBytes(soName), 0, .. Encoding.ASCII.GetBytes(symbol), 0];
        int headerSize = is64 ? 64 : 52;
        int segmentSize = is64 ? 56 : 32;
        int symbolSize = is64 ? 24 : 16;
        int dynamicAt = Align(headerSize + (Segments * segmentSize));
        int dynamicSize = 7 * (is64 ? 16 : 8);
        int symbolsAt = Align(dynamicAt + dynamicSize);
        int hashAt = symbolsAt + (2 * symbolSize);
        int namesAt = hashAt + (6 * sizeof(int));
        int end = namesAt + names.Length;

        byte[] file = new byte[DataAt + data.Length];
        Writer writer = new(file, is64);
        model[..headerSize].CopyTo(file);
        writer.Half(16, 3);
        writer.At = 24;
        writer.Words(0, headerSize, 0);
        // The flags of the processor stay; there are no sections.
        writer.At += sizeof(int);
        foreach (int half in (int[])[headerSize, segmentSize, Segments, 0, 0, 0])
        {
            writer.Half(writer.At, half);
            writer.At += sizeof(short);
        }

        writer.At = headerSize;
        writer.Segment(SegmentLoad, Readable | Writable, 0, end, DataAt);
        writer.Segment(SegmentLoad, Readable, DataAt, data.Length, DataAt);
        writer.Segment(SegmentDynamic, Readable | Writable, dynamicAt, dynamicSize, 8);
        writer.Segment(SegmentStack, Readable | Writable, 0, 0, 16);

        writer.At = dynamicAt;
        writer.Words(ElfDynamicTable.SoName, 1, ElfDynamicTable.Hash, hashAt, ElfDynamicTable.Strings, namesAt);
        writer.Words(ElfDynamicTable.Symbols, symbolsAt, ElfDynamicTable.StringsSize, names.Length, ElfDynamicTable.SymbolSize, symbolSize);

        writer.At = symbolsAt + symbolSize;
        writer.Symbol(2 + soName.Length, DataAt, data.Length);

        // One bucket, whose chain is the one symbol.
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(hashAt), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(hashAt + 4), 2);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(hashAt + 8), 1);
        names.CopyTo(file, namesAt);
        data.CopyTo(file.AsSpan(DataAt));
        return file;
    }

    private static int Align(int offset) => (offset + 7) & ~7;

    private ref struct Writer(Span<byte> file, bool is64)
    {
        private readonly Span<byte> _file = file;

        public int At { get; set; }

        public readonly void Half(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(_file[at..], (ushort)value);

        public void Int(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_file[At..], value);
            At += sizeof(uint);
        }

        public void Words(params ReadOnlySpan<long> values)
        {
            foreach (long value in values)
            {
                Int((uint)value);
                if (is64)
                {
                    Int((uint)(value >> 32));
                }
            }
        }

        // The two classes have the same fields in another order.
        public void Segment(uint type, uint flags, long offset, long size, long alignment)
        {
            Int(type);
            if (is64)
            {
                Int(flags);
            }

            Words(offset, offset, offset, size, size);
            if (!is64)
            {
                Int(flags);
            }

            Words(alignment);
        }

        public void Symbol(int name, long address, long size)
        {
            const byte GlobalObject = 0x11;
            Int((uint)name);
            if (!is64)
            {
                Words(address, size);
            }

            _file[At] = GlobalObject;

            // Any section but none: the symbol is defined here.
            Half(At + 2, 1);
            At += sizeof(int);
            if (is64)
            {
                Words(address, size);
            }
        }
    }
}
