using System.Buffers;

namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// The matches of a stretch of input, found once and weighed many times. For each position there are its matches, packed
/// as in <see cref="Step"/> and longer and longer, and behind them their number: the parser reads from the end.
/// </summary>
internal sealed class MatchCache : IDisposable
{
    // A position can have a match of each length.
    private const int MostForOnePosition = DeflateFormat.MaxMatch + 1;

    // On average a position has fewer entries than this. Where it has more, the stretch is shorter.
    private const int EntriesPerPosition = 4;

    private int _limit;

    /// <summary>Makes room.</summary>
    /// <param name="length">The length of the longest chunk.</param>
    public MatchCache(int length) => Entries = ArrayPool<uint>.Shared.Rent(Limit(length));

    public uint[] Entries { get; }

    public int Count { get; private set; }

    public bool HasRoom => Count + MostForOnePosition <= _limit;

    /// <summary>Begins a stretch.</summary>
    /// <param name="length">
    /// The length of its chunk: where the stretch ends must not depend on how much room there happens to be.
    /// </param>
    public void Begin(int length)
    {
        Count = 0;
        _limit = Limit(length);
    }

    /// <summary>Ends a position, whose matches begin at <see cref="Count"/>.</summary>
    /// <param name="end">Where they end.</param>
    public void EndPosition(int end)
    {
        Entries[end] = (uint)(end - Count);
        Count = end + 1;
    }

    public void Dispose() => ArrayPool<uint>.Shared.Return(Entries);

    private static int Limit(int length) => Math.Max(length, MostForOnePosition) * EntriesPerPosition;
}
