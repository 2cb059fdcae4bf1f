using System.Buffers;
using System.Buffers.Binary;

namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// Encodes a chunk of the input, for itself but for looking back into the chunk before it. Planning is what takes the
/// time, and can be done for several chunks at once; writing is quick, and is done in their order.
/// </summary>
/// <param name="size">The length of every chunk but the last.</param>
internal sealed class ChunkEncoder(int size) : IDisposable
{
    /// <summary>The usual length of a chunk: with all that goes with it half a MiB. Another length gives other bytes.</summary>
    public const int UsualSize = (1 << 19) - DeflateFormat.WindowSize - Padding;

    // The match finder reads eight bytes at once.
    private const int Padding = 8;

    private readonly byte[] _data = ArrayPool<byte>.Shared.Rent(DeflateFormat.WindowSize + size + Padding);
    private readonly List<Block> _blocks = [];
    private PlanningRoom? _room;
    private int _start;
    private int _end;

    public bool IsFull => _end - _start == size;

    public bool IsEmpty => _end == _start;

    /// <summary>Begins a chunk.</summary>
    /// <param name="before">The chunk before it.</param>
    public void Begin(ChunkEncoder? before)
    {
        int window = Math.Min(DeflateFormat.WindowSize, before?._end ?? 0);
        before?._data.AsSpan(before._end - window, window).CopyTo(_data);
        _start = window;
        _end = window;
        _blocks.Clear();
    }

    /// <summary>Takes as much input as the chunk has room for.</summary>
    /// <param name="input">The input.</param>
    /// <returns>How much it took.</returns>
    public int Fill(ReadOnlySpan<byte> input)
    {
        int taken = Math.Min(input.Length, _start + size - _end);
        input[..taken].CopyTo(_data.AsSpan(_end));
        _end += taken;
        return taken;
    }

    /// <summary>Decides how the chunk is written.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Plan(CancellationToken cancellationToken)
    {
        // Kept for the next chunk. Only a full chunk has a next one, so the room is always enough for it.
        _room ??= new PlanningRoom(_end - _start);
        MatchFinder finder = _room.Finder;
        finder.Begin(_data, _end);
        finder.Skip(0, _start);
        for (int start = _start; start < _end;)
        {
            int end = FindMatches(finder, _room.Cache, start);
            Block whole = new() { Start = start, End = end };
            _blocks.AddRange(BlockPlanner.Plan(_data, whole, _room, cancellationToken));
            start = end;
        }

        StoreWhatDoesNotShrink();
    }

    /// <summary>Writes the chunk.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="isLast">Whether it is the last of the file.</param>
    public void Write(BitWriter output, bool isLast)
    {
        for (int i = 0; i < _blocks.Count; i++)
        {
            Block block = _blocks[i];
            bool isLastBlock = isLast && i == _blocks.Count - 1;
            if (block.Code is null)
            {
                WriteStored(output, isLastBlock, _data.AsSpan(block.Start, block.End - block.Start));
            }
            else
            {
                block.Code.Write(output, isLastBlock, _data, _room!.Path, block.Start, block.End);
            }
        }
    }

    /// <summary>Gives the room back, once nobody looks at it.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_data);
        _room?.Dispose();
    }

    private static void WriteStored(BitWriter output, bool isLast, ReadOnlySpan<byte> data)
    {
        Span<byte> lengths = stackalloc byte[4];
        while (data.Length > 0)
        {
            int length = Math.Min(data.Length, DeflateFormat.MaxStoredLength);
            output.Write(isLast && length == data.Length ? 1u : 0, 3);
            output.Align();
            BinaryPrimitives.WriteUInt16LittleEndian(lengths, (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(lengths[2..], (ushort)~length);
            output.WriteBytes(lengths);
            output.WriteBytes(data[..length]);
            data = data[length..];
        }
    }

    // With the head of three bits and up to seven to the next whole byte.
    private static long StoredBits(int start, int end)
    {
        long pieces = (end - start + DeflateFormat.MaxStoredLength - 1) / DeflateFormat.MaxStoredLength;
        return ((end - start) * 8L) + (pieces * (3 + 7 + 32));
    }

    private int FindMatches(MatchFinder finder, MatchCache cache, int start)
    {
        cache.Begin(_end - _start);
        int position = start;
        while (position < _end && cache.HasRoom)
        {
            int found = finder.Find(position, cache.Entries, cache.Count, out int longest);
            cache.EndPosition(found);
            position++;
            if (longest == DeflateFormat.MaxMatch)
            {
                // Nothing is better than the longest match, and looking for one at each of its bytes would take long
                // where everything is equal.
                for (int skipped = 1; skipped < longest && position < _end && cache.HasRoom; skipped++)
                {
                    finder.Skip(position, position + 1);
                    cache.EndPosition(cache.Count);
                    position++;
                }
            }
        }

        return position;
    }

    private void StoreWhatDoesNotShrink()
    {
        List<Block> blocks = [];
        long bits = 0;
        foreach (Block block in _blocks)
        {
            long storedBits = StoredBits(block.Start, block.End);
            if (storedBits > block.Code!.Bits)
            {
                bits += block.Code.Bits;
                blocks.Add(block);
                continue;
            }

            bits += storedBits;
            block.Code = null;
            if (blocks.Count > 0 && blocks[^1].Code is null)
            {
                blocks[^1].End = block.End;
            }
            else
            {
                blocks.Add(block);
            }
        }

        _blocks.Clear();
        if (bits < StoredBits(_start, _end))
        {
            _blocks.AddRange(blocks);
        }
        else
        {
            _blocks.Add(new Block { Start = _start, End = _end });
        }
    }
}
