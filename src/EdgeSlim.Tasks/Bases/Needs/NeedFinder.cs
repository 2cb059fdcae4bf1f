namespace EdgeSlim.Bases.Needs;

/// <summary>Concludes from what was seen what an application needs. Pure.</summary>
public static class NeedFinder
{
    private static readonly string[] OpenSslNeeds = [KnownNeeds.Tls, KnownNeeds.Crypto];

    /// <summary>Finds the needs.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="settings">What the project says.</param>
    /// <returns>The needs.</returns>
    public static ApplicationNeeds Find(Observations seen, NeedSettings settings)
    {
        List<Need> found = [.. Merge(Detected(seen, settings))];
        Need[] refused = [.. found.Where(n => settings.Refused.Contains(n.Name))];
        found.RemoveAll(n => settings.Refused.Contains(n.Name));
        return new ApplicationNeeds
        {
            CLibrary = CLibraryRules.Find(seen, settings),
            Needs = found,
            Libraries = Merge(LibraryRules.Libraries(seen, settings, found), seen),
            BuiltIn = [.. settings.StaticOpenSsl ? OpenSslNeeds : [], .. settings.StaticIcu ? new[] { KnownNeeds.Icu } : []],
            Refused = refused,
            CultureUses = settings.Refused.Contains(KnownNeeds.Icu) ? [] : CultureRules.Find(seen, settings),
        };
    }

    private static IEnumerable<Need> Detected(Observations seen, NeedSettings settings)
    {
        List<Need> detected = [];
        if (seen.UndefinedSymbols is { } symbols)
        {
            detected.AddRange(SymbolRules.Needs(symbols));
        }
        else if (!settings.InvariantGlobalization)
        {
            detected.Add(new Need(
                KnownNeeds.Icu, Certainty.Certain, [new Evidence(EvidenceSource.Property, "InvariantGlobalization=false")]));
        }

        detected.AddRange(ManagedRules.Needs(seen));
        if (settings.InvariantTimezone)
        {
            detected.RemoveAll(n => n.Name == KnownNeeds.TimeZones);
        }

        // Nothing checks a certificate where nothing makes a TLS connection.
        if (settings.Refused.Contains(KnownNeeds.Tls) || !detected.Exists(n => n.Name == KnownNeeds.Tls))
        {
            detected.RemoveAll(n => n.Name == KnownNeeds.CaCertificates);
        }
        else
        {
            detected.AddRange(detected
                .Where(n => n.Name == KnownNeeds.Tls)
                .Select(n => new Need(KnownNeeds.CaCertificates, Certainty.Possible, n.Evidence))
                .ToArray());
        }

        return detected.Concat(settings.Asked.Select(
            a => new Need(a.Name, Certainty.Certain, [new Evidence(EvidenceSource.Asked, a.By)])));
    }

    // The evidence that made it certain comes first.
    private static IEnumerable<Need> Merge(IEnumerable<Need> needs) =>
        from need in needs
        orderby need.Certainty descending
        group need by need.Name into same
        orderby KnownNeeds.All.ToList().IndexOf(same.Key)
        select new Need(same.Key, same.Max(n => n.Certainty), [.. same.SelectMany(n => n.Evidence).Distinct()]);

    private static IReadOnlyList<LibraryNeed> Merge(IEnumerable<LibraryNeed> libraries, Observations seen)
    {
        // What the payload itself brings is no need of the image; for a static executable it cannot be opened.
        HashSet<string> brought = [.. seen.NativeFiles.Select(f => Path.GetFileName(f.TargetPath))];
        return
        [
            .. from library in libraries
               where library.Loading == LibraryLoading.Opened || !brought.Contains(library.Name)
               orderby library.Certainty descending
               group library by new LibraryUse(library.Name, library.Loading, library.PartOf) into same
               orderby same.Key.Loading, same.Key.Name, same.Key.PartOf
               select same.First() with { Evidence = [.. same.SelectMany(l => l.Evidence).Distinct(), .. Brought(same.Key.Name, seen)] },
        ];
    }

    private static IEnumerable<Evidence> Brought(string library, Observations seen) =>
        from asset in seen.NativeAssets
        where LibraryRules.BareName(asset.FileName) == LibraryRules.BareName(library)
        select new Evidence(EvidenceSource.Package, $"the package {asset.Package} brings {asset.FileName}");

    private sealed record LibraryUse(string Name, LibraryLoading Loading, string? PartOf);
}
