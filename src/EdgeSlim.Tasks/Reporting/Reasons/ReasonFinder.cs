using EdgeSlim.Bases.Needs;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Reasons;

/// <summary>Says why parts of a map are there: by packages, by assemblies that refer to each other, by needs. Pure.</summary>
internal static class ReasonFinder
{
    private const int MaxUsers = 5;

    private static readonly (string Group, string[] Needs)[] ByNeed =
    [
        ("OpenSSL", [KnownNeeds.Tls, KnownNeeds.Crypto]),
        ("ICU", [KnownNeeds.Icu]),
        ("Certificates of authorities", [KnownNeeds.CaCertificates]),
        ("Time zones", [KnownNeeds.TimeZones]),
    ];

    /// <summary>Says it.</summary>
    /// <param name="map">The map.</param>
    /// <param name="project">The simple name of the project's assembly.</param>
    /// <param name="assemblies">What the assemblies refer to.</param>
    /// <param name="packages">The packages.</param>
    /// <param name="needs">What the application needs.</param>
    /// <returns>The reasons.</returns>
    public static IReadOnlyList<SizeReason> Find(
        SizeNode map, string project, IReadOnlyList<AssemblyReferences> assemblies, PackageGraph packages, ApplicationNeeds needs)
    {
        Dictionary<string, AssemblyReferences> byName = assemblies.GroupBy(a => a.Name).ToDictionary(g => g.Key, g => g.First());
        Dictionary<string, string?> cameFrom = Ways(project, byName);
        List<SizeReason> reasons = [];
        foreach (string name in Names(map, SizeKinds.Assembly))
        {
            reasons.Add(new SizeReason
            {
                Name = name,
                Kind = "assembly",
                Chain = Chain(name, cameFrom),
                UsedBy = [.. assemblies.SelectMany(a => a.UsersOf(name)).Distinct().Order(StringComparer.Ordinal).Take(MaxUsers)],
            });
        }

        foreach (GraphPackage package in packages.Packages.Where(p => Names(map, SizeKinds.Package).Contains(p.Id)))
        {
            reasons.Add(new SizeReason { Name = package.Id, Kind = "package", Chain = packages.ChainTo(package.Id), UsedBy = [] });
        }

        foreach ((string group, string[] names) in ByNeed)
        {
            Need[] found = [.. needs.Needs.Where(n => names.Contains(n.Name)).OrderByDescending(n => n.Certainty)];
            if (found.Length > 0)
            {
                reasons.Add(new SizeReason { Name = group, Kind = "need", Chain = [$"need: {found[0].Name}", .. found[0].Evidence.Take(3).Select(e => e.ToString())], UsedBy = [] });
            }
        }

        return reasons;
    }

    private static HashSet<string> Names(SizeNode map, string kind) => [.. Advice.MapSearch.All(map).Where(n => n.Kind == kind).Select(n => n.Name)];

    // The shortest ways from the project, in the order in which it names what it refers to.
    private static Dictionary<string, string?> Ways(string project, Dictionary<string, AssemblyReferences> byName)
    {
        Dictionary<string, string?> cameFrom = new() { [project] = null };
        Queue<string> next = new([project]);
        while (next.TryDequeue(out string? at))
        {
            foreach (string reference in byName.GetValueOrDefault(at)?.References ?? [])
            {
                if (cameFrom.TryAdd(reference, at))
                {
                    next.Enqueue(reference);
                }
            }
        }

        return cameFrom;
    }

    private static List<string> Chain(string name, Dictionary<string, string?> cameFrom)
    {
        List<string> chain = [];
        for (string? step = cameFrom.ContainsKey(name) ? name : null; step is not null; step = cameFrom[step])
        {
            chain.Insert(0, step);
        }

        return chain;
    }
}
