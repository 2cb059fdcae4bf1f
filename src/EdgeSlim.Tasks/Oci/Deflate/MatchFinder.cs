using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// Finds where the input repeats itself: for each length, the nearest place within the window. Positions with the same
/// four first bytes form a binary tree, sorted by what follows them, with the newest at the root; so one way down the
/// tree passes the best matches, and the position becomes the new root on the way. Matches of three bytes, which are of
/// use only when they are near, have a table of their own.
/// </summary>
internal sealed class MatchFinder : IDisposable
{
    private const int Hash4Bits = 16;
    private const int Hash3Bits = 15;
    private const int WindowMask = DeflateFormat.WindowSize - 1;

    // Three times as many find nothing that is worth a byte.
    private const int MostSteps = 100;
    private const int Nowhere = -DeflateFormat.WindowSize - 1;

    private readonly int[] _hash4 = Rent(1 << Hash4Bits);

    // The two newest positions of each hash.
    private readonly int[] _hash3 = Rent(2 << Hash3Bits);

    // Two children of each position of the window: the smaller and the greater.
    private readonly int[] _children = Rent(2 * DeflateFormat.WindowSize);

    private byte[] _data = [];
    private int _end;

    /// <summary>Begins with an empty tree.</summary>
    /// <param name="data">The input, with eight bytes more behind its end, which may be read but do not count.</param>
    /// <param name="end">The end of the input.</param>
    public void Begin(byte[] data, int end)
    {
        _data = data;
        _end = end;
        _hash4.AsSpan().Fill(Nowhere);
        _hash3.AsSpan().Fill(Nowhere);
    }

    /// <summary>Takes positions into the tree without asking for their matches.</summary>
    /// <param name="from">The first one.</param>
    /// <param name="to">The end.</param>
    public void Skip(int from, int to)
    {
        for (int position = from; position < to; position++)
        {
            _ = Find(position, [], 0, out _);
        }
    }

    /// <summary>Finds the matches of a position, and takes it into the tree.</summary>
    /// <param name="position">The position; each is asked for once, in their order.</param>
    /// <param name="matches">Gets the matches, longer and longer; empty if they are not asked for.</param>
    /// <param name="at">Where the first of them goes.</param>
    /// <param name="longest">The greatest length that was found.</param>
    /// <returns>Where they end.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(int position, uint[] matches, int at, out int longest)
    {
        byte[] data = _data;
        int mostLength = Math.Min(DeflateFormat.MaxMatch, _end - position);
        longest = 0;
        if (mostLength <= DeflateFormat.MinMatch)
        {
            return at;
        }

        bool isAsked = matches.Length > 0;
        uint next4 = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(position));
        int oldest = position - WindowMask;
        at = FindShort(position, next4, oldest, isAsked, matches, at, ref longest);

        ref int head = ref _hash4[(next4 * 0x9E37_79B1) >> (32 - Hash4Bits)];
        int node = head;
        head = position;
        int[] children = _children;
        int smaller = 2 * (position & WindowMask);
        int greater = smaller + 1;
        int smallerLength = 0;
        int greaterLength = 0;
        int best = DeflateFormat.MinMatch;
        for (int steps = MostSteps; node >= oldest && steps > 0; steps--)
        {
            int length = Math.Min(smallerLength, greaterLength);
            length = Extend(data, node, position, length, mostLength);
            int child = 2 * (node & WindowMask);
            if (length > best)
            {
                best = length;
                if (isAsked)
                {
                    matches[at++] = Step.PackMatch(length, position - node);
                    longest = length;
                }

                if (length == mostLength)
                {
                    // The same as far as anyone asks: the new position takes the old one's place.
                    children[smaller] = children[child];
                    children[greater] = children[child + 1];
                    return at;
                }
            }

            if (data[node + length] < data[position + length])
            {
                children[smaller] = node;
                smaller = child + 1;
                smallerLength = length;
                node = children[smaller];
            }
            else
            {
                children[greater] = node;
                greater = child;
                greaterLength = length;
                node = children[greater];
            }
        }

        children[smaller] = Nowhere;
        children[greater] = Nowhere;
        return at;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_hash4);
        ArrayPool<int>.Shared.Return(_hash3);
        ArrayPool<int>.Shared.Return(_children);
    }

    private static int[] Rent(int length) => ArrayPool<int>.Shared.Rent(length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Extend(byte[] data, int one, int other, int length, int mostLength)
    {
        while (length < mostLength)
        {
            ulong difference = BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(one + length))
                ^ BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(other + length));
            if (difference != 0)
            {
                return Math.Min(length + (BitOperations.TrailingZeroCount(difference) >> 3), mostLength);
            }

            length += 8;
        }

        return mostLength;
    }

    private int FindShort(
        int position, uint next4, int oldest, bool isAsked, uint[] matches, int at, ref int longest)
    {
        uint next3 = next4 & 0xFF_FFFF;
        int slot = 2 * (int)((next3 * 0x9E37_79B1) >> (32 - Hash3Bits));
        int first = _hash3[slot];
        int second = _hash3[slot + 1];
        _hash3[slot + 1] = first;
        _hash3[slot] = position;
        if (!isAsked)
        {
            return at;
        }

        int found = first >= oldest && IsMatch(first, next3) ? first : second;
        if (found >= oldest && IsMatch(found, next3))
        {
            matches[at++] = Step.PackMatch(DeflateFormat.MinMatch, position - found);
            longest = DeflateFormat.MinMatch;
        }

        return at;
    }

    private bool IsMatch(int position, uint next3) =>
        (BinaryPrimitives.ReadUInt32LittleEndian(_data.AsSpan(position)) & 0xFF_FFFF) == next3;
}
