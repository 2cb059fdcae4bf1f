using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Pages;

/// <summary>Folds the small parts of a map into one, so that a page can hold it. Pure.</summary>
internal static class FoldedMap
{
    private const int MaxName = 160;

    /// <summary>Folds a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="maxParts">How many parts it may have afterwards.</param>
    /// <returns>A map whose sums are the same.</returns>
    public static SizeNode Fold(SizeNode map, int maxParts)
    {
        for (long least = 0; ; least = least == 0 ? 16 : least * 2)
        {
            SizeNode folded = FoldParts(map, least);
            if (Count(folded) <= maxParts || least > map.Bytes)
            {
                return folded;
            }
        }
    }

    private static SizeNode FoldParts(SizeNode node, long least)
    {
        SizeNode[] small = [.. node.Parts.Where(p => p.Bytes < least)];
        IEnumerable<SizeNode> parts = node.Parts.Where(p => p.Bytes >= least).Select(p => FoldParts(p, least));
        if (small.Length == 1)
        {
            parts = parts.Append(small[0] with { Children = null, Name = Shorten(small[0].Name) });
        }
        else if (small.Length > 1)
        {
            parts = parts.Append(new SizeNode
            {
                Name = $"{small.Length} smaller",
                Kind = SizeKinds.Rest,
                Bytes = small.Sum(p => p.Bytes),
            });
        }

        SizeNode[] kept = [.. parts.OrderByDescending(p => p.Bytes)];
        return node with { Name = Shorten(node.Name), Children = kept.Length == 0 ? null : kept };
    }

    private static int Count(SizeNode node) => 1 + node.Parts.Sum(Count);

    // Not in the middle of a pair of surrogates.
    private static string Shorten(string name)
    {
        if (name.Length <= MaxName)
        {
            return name;
        }

        int end = char.IsHighSurrogate(name[MaxName - 2]) ? MaxName - 2 : MaxName - 1;
        return name[..end] + "\u2026";
    }
}
