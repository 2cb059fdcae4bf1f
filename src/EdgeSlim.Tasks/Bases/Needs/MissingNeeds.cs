namespace EdgeSlim.Bases.Needs;

/// <summary>Which certain needs nobody gives. Pure.</summary>
public static class MissingNeeds
{
    // Without these the process ends, or throws, as soon as it gets there.
    private static readonly HashSet<string> Fatal = [KnownNeeds.Tls, KnownNeeds.Crypto, KnownNeeds.Icu, KnownNeeds.Shell];

    /// <summary>Finds the needs that are missing.</summary>
    /// <param name="needs">What the application needs.</param>
    /// <param name="baseOffer">What the base gives.</param>
    /// <param name="payload">What the application's files give.</param>
    /// <returns>The missing needs; none where it is not known what the base gives.</returns>
    public static IReadOnlyList<MissingNeed> Find(
        ApplicationNeeds needs, BaseOffer baseOffer, IReadOnlySet<string> payload) =>
        baseOffer.Needs is not { } offered
            ? []
            :
            [
                .. needs.Needs
                    .Where(n => n.Certainty == Certainty.Certain
                        && !needs.BuiltIn.Contains(n.Name)
                        && !offered.Contains(n.Name)
                        && !payload.Contains(n.Name))
                    .Select(n => new MissingNeed(n, Fatal.Contains(n.Name))),
            ];

    /// <summary>Finds the libraries that a static executable wants to open, which it cannot on any base.</summary>
    /// <param name="needs">What the application needs.</param>
    /// <returns>The libraries.</returns>
    public static IReadOnlyList<LibraryNeed> UnreachableLibraries(ApplicationNeeds needs) =>
        needs.CLibrary is not { IsStatic: true }
            ? []
            :
            [
                .. needs.Libraries.Where(l =>
                    l is { Loading: LibraryLoading.Opened, Certainty: Certainty.Certain, PartOf: null }),
            ];
}

/// <summary>A need that nobody gives.</summary>
/// <param name="Need">The need.</param>
/// <param name="IsFatal">Whether the application breaks as soon as it gets there.</param>
public sealed record MissingNeed(Need Need, bool IsFatal);
