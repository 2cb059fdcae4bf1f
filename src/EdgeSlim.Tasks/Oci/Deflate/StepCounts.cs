using System.Runtime.InteropServices;

namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// How often each symbol occurs between one place and the next, where blocks may end at those places. Symbols that do not
/// occur are left out: between places that are near each other most do not.
/// </summary>
internal sealed class StepCounts
{
    public const int Symbols = DeflateFormat.LiteralSymbols + DeflateFormat.DistanceSymbols;

    private readonly List<int> _places = [];
    private readonly List<int> _ends = [];
    private readonly List<SymbolCount> _counts = [];

    /// <summary>The number of stretches between two places.</summary>
    public int Units => _places.Count - 1;

    public int Place(int index) => _places[index];

    public ReadOnlySpan<SymbolCount> Counts(int unit) =>
        CollectionsMarshal.AsSpan(_counts)[_ends[unit].._ends[unit + 1]];

    /// <summary>Counts.</summary>
    /// <param name="data">The input.</param>
    /// <param name="path">The step at each position.</param>
    /// <param name="start">The first place.</param>
    /// <param name="places">The others, up to the end of the input; each moves to the next step.</param>
    public void Count(byte[] data, uint[] path, int start, IReadOnlyList<int> places)
    {
        _places.Clear();
        _ends.Clear();
        _counts.Clear();
        _places.Add(start);
        _ends.Add(0);
        Span<int> counts = stackalloc int[Symbols];
        counts.Clear();
        int position = start;
        foreach (int place in places)
        {
            if (place <= position)
            {
                continue;
            }

            while (position < place)
            {
                Step step = new(path[position]);
                if (step.IsLiteral)
                {
                    counts[data[position]]++;
                }
                else
                {
                    counts[DeflateFormat.FirstLengthSymbol + DeflateFormat.LengthSlot(step.Length)]++;
                    counts[DeflateFormat.LiteralSymbols + step.DistanceSlot]++;
                }

                position += step.Length;
            }

            EndUnit(position, counts);
        }
    }

    private void EndUnit(int place, Span<int> counts)
    {
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] > 0)
            {
                _counts.Add(new SymbolCount(symbol, counts[symbol]));
            }
        }

        counts.Clear();
        _places.Add(place);
        _ends.Add(_counts.Count);
    }

    /// <summary>How often a symbol occurs; distances come behind literals and lengths.</summary>
    internal readonly record struct SymbolCount(int Symbol, int Count);
}
