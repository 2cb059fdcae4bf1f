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
        long least = 0;
        while (least <= map.Bytes && Count(map, least) > maxParts)
        {
            least = Math.Max(16, least * 2);
        }

        return FoldParts(map, least);
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

    // The small ones of a part are one.
    private static int Count(SizeNode node, long least)
    {
        int count = 1;
        bool hasSmall = false;
        foreach (SizeNode part in node.Parts)
        {
            if (part.Bytes >= least)
            {
                count += Count(part, least);
            }
            else
            {
                hasSmall = true;
            }
        }

        return hasSmall ? count + 1 : count;
    }

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
