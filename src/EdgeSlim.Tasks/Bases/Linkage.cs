using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Bases;

/// <summary>Decides whether the executable is linked statically, once all that it calls is compiled. Pure.</summary>
public static class Linkage
{
    private static readonly (string Library, string[] Needs)[] Linkable =
        [("OpenSSL", [KnownNeeds.Tls, KnownNeeds.Crypto]), ("ICU", [KnownNeeds.Icu])];

    /// <summary>Decides it: static, unless something that is certainly needed must be opened at run time.</summary>
    /// <param name="needs">What the compiled code needs.</param>
    /// <param name="isThere">Whether a library that the application opens is among its files or on its base.</param>
    /// <returns>The linkage.</returns>
    public static LinkageChoice Choose(ApplicationNeeds needs, Func<string, bool> isThere)
    {
        LibraryNeed? opened = needs.Libraries.FirstOrDefault(l =>
            l is { Loading: LibraryLoading.Opened, Certainty: Certainty.Certain, PartOf: null } && isThere(l.Name));
        if (opened is not null)
        {
            string[] seen = [.. opened.Evidence.Take(1).Concat(opened.Evidence.Where(e => e.Source == EvidenceSource.Package)).Distinct().Select(e => e.ToString())];
            return new LinkageChoice(false, $"it opens the library '{opened.Name}' at run time ({string.Join(", ", seen)})", null);
        }

        foreach ((string library, string[] names) in Linkable)
        {
            if (needs.Needs.FirstOrDefault(n =>
                n.Certainty == Certainty.Certain && names.Contains(n.Name) && !needs.BuiltIn.Contains(n.Name)) is Need need)
            {
                return new LinkageChoice(
                    false, $"it opens {library} at run time ({need.Name}: {need.Evidence[0]})", library);
            }
        }

        return new LinkageChoice(true, null, null);
    }
}

/// <summary>How the executable is linked.</summary>
/// <param name="IsStatic">Whether it contains the C library and opens no other.</param>
/// <param name="Reason">Why it is dynamic; null where it is static.</param>
/// <param name="Unlinked">The library that could make it static if it were linked in; null for none.</param>
public sealed record LinkageChoice(bool IsStatic, string? Reason, string? Unlinked);
