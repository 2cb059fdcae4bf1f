namespace EdgeSlim.Bases.Needs;

/// <summary>
/// What the <c>EdgeNeed</c> items say. Before the project's body there is an item for each known need, so that a
/// project can remove one: a known need whose item is gone is refused, as is one with <c>Needed="false"</c>.
/// </summary>
/// <param name="Asked">The needs that are added.</param>
/// <param name="Refused">The needs that are denied.</param>
public sealed record NeedRequests(IReadOnlyList<string> Asked, IReadOnlyList<string> Refused)
{
    /// <summary>Reads the items.</summary>
    /// <param name="items">The items that are left after the project's body.</param>
    /// <returns>What they say.</returns>
    /// <exception cref="Diagnostics.EdgeException">One has a name that is not known (EDGE2020).</exception>
    public static NeedRequests Read(IReadOnlyList<NeedItem> items)
    {
        NeedItem[] known = [.. items.Select(i => i with { Name = KnownNeeds.Parse(i.Name) })];
        string[] denied = [.. known.Where(i => !i.IsNeeded).Select(i => i.Name)];
        string[] asked = [.. known.Where(i => !i.IsSeed).Select(i => i.Name).Except(denied)];
        string[] removed = [.. KnownNeeds.All.Except(known.Select(i => i.Name))];
        return new NeedRequests(asked, [.. denied.Union(removed)]);
    }
}

/// <summary>An <c>EdgeNeed</c> item.</summary>
/// <param name="Name">The need.</param>
/// <param name="IsSeed">Whether EdgeSlim made it, before the project's body.</param>
/// <param name="IsNeeded">Whether it adds the need; otherwise it denies it.</param>
public sealed record NeedItem(string Name, bool IsSeed, bool IsNeeded);
