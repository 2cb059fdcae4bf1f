using System.Buffers;

namespace EdgeSlim.Oci.Deflate;

/// <summary>The memory in which a chunk is planned: some 13 MB for one of the usual size.</summary>
/// <param name="length">The greatest length of the chunks.</param>
internal sealed class PlanningRoom(int length) : IDisposable
{
    public MatchFinder Finder { get; } = new();

    public MatchCache Cache { get; } = new(length);

    public BlockSplitter Splitter { get; } = new();

    /// <summary>What the rest of a stretch costs from each position, and from its end.</summary>
    public int[] Costs { get; } = ArrayPool<int>.Shared.Rent(length + 1);

    /// <summary>The step at each position, the window before the chunk included.</summary>
    public uint[] Path { get; } = ArrayPool<uint>.Shared.Rent(DeflateFormat.WindowSize + length);

    public void Dispose()
    {
        Finder.Dispose();
        Cache.Dispose();
        Splitter.Dispose();
        ArrayPool<int>.Shared.Return(Costs);
        ArrayPool<uint>.Shared.Return(Path);
    }
}
