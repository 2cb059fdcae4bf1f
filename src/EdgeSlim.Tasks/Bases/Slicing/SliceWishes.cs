using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Bases.Slicing;

/// <summary>Which libraries and programs follow from the needs of an application. Pure.</summary>
public static class SliceWishes
{
    // The versions that .NET tries, in its order (opensslshim.c, pal_icushim.c).
    private static readonly string[] OpenSsl = ["libssl.so.3", "libssl.so.1.1"];
    private const int NewestIcu = 100;
    private const int OldestIcu = 50;

    /// <summary>Makes the wishes.</summary>
    /// <param name="needs">What the application needs.</param>
    /// <param name="payload">What its own files give.</param>
    /// <param name="isCompiled">Whether it is compiled ahead of time, so that its symbols say what is certain.</param>
    /// <param name="isStatic">Whether its executable is static, and opens no library.</param>
    /// <returns>The wishes.</returns>
    public static IReadOnlyList<SliceWish> Of(
        ApplicationNeeds needs, IReadOnlySet<string> payload, bool isCompiled, bool isStatic)
    {
        List<SliceWish> wishes = [];
        if (Wanted(KnownNeeds.Shell) is Need shell)
        {
            wishes.Add(new SliceWish(["/bin/sh"], [KnownNeeds.Shell], Seen(shell), shell.Certainty == Certainty.Certain));
        }

        if (isStatic)
        {
            return wishes;
        }

        if ((Wanted(KnownNeeds.Tls) ?? Wanted(KnownNeeds.Crypto)) is Need openSsl)
        {
            wishes.Add(new SliceWish(
                OpenSsl, [KnownNeeds.Tls, KnownNeeds.Crypto], Seen(openSsl), openSsl.Certainty == Certainty.Certain));
        }

        if (Wanted(KnownNeeds.Icu) is Need icu)
        {
            foreach (string library in (string[])["libicuuc", "libicui18n"])
            {
                string[] versions = [.. Enumerable.Range(0, NewestIcu - OldestIcu + 1).Select(i => $"{library}.so.{NewestIcu - i}")];
                wishes.Add(new SliceWish(versions, [KnownNeeds.Icu], Seen(icu), icu.Certainty == Certainty.Certain));
            }
        }

        wishes.AddRange(needs.Libraries
            .Where(l => l is { Loading: LibraryLoading.Opened, Certainty: Certainty.Certain, PartOf: null })
            .Select(l => new SliceWish(FileNames(l.Name), [], l.Evidence[0].ToString(), IsRequired: false)));
        return wishes;

        // Where nothing shows what is certain, the image that works is worth more than the one that is small.
        Need? Wanted(string name) => needs.Needs.FirstOrDefault(n => n.Name == name
            && (n.Certainty == Certainty.Certain || (!isCompiled && name != KnownNeeds.Shell))
            && !needs.BuiltIn.Contains(name)
            && !payload.Contains(name));
    }

    /// <summary>The names of files that the .NET runtime tries for a P/Invoke's library.</summary>
    /// <param name="library">The library, as it is written.</param>
    /// <returns>The names, in the runtime's order.</returns>
    public static IReadOnlyList<string> FileNames(string library) =>
        library.StartsWith('/') || library.Contains(".so", StringComparison.Ordinal)
            ? [library, "lib" + library, library + ".so", $"lib{library}.so"]
            : [library + ".so", $"lib{library}.so", library, "lib" + library];

    private static string Seen(Need need) => $"{need.Name}: {need.Evidence[0]}";
}
