namespace EdgeSlim.Bases.Needs;

/// <summary>Which needs of an application on scratch are met with files of the build machine. Pure.</summary>
public static class ScratchSupplies
{
    /// <summary>Chooses what to take.</summary>
    /// <param name="needs">What the application needs.</param>
    /// <param name="payload">What the application's own files give.</param>
    /// <returns>The needs to meet: <c>ca-certificates</c>, <c>tzdata</c>, both or none.</returns>
    public static IReadOnlySet<string> Choose(ApplicationNeeds needs, IReadOnlySet<string> payload) => needs.Needs
        .Where(n => n.Name switch
        {
            // A client that is likely to be there fails without them, and they are small.
            KnownNeeds.CaCertificates => true,
            KnownNeeds.TimeZones => n.Certainty == Certainty.Certain,
            _ => false,
        })
        .Select(n => n.Name)
        .Where(n => !payload.Contains(n))
        .ToHashSet();
}
