using EdgeSlim.Reporting.Reasons;

namespace EdgeSlim.Reporting.Modules;

/// <summary>What of an application can be reached from where it begins.</summary>
/// <param name="Types">The types of its own assemblies: the assembly and the full name.</param>
/// <param name="Assemblies">The other assemblies, and those that they refer to.</param>
internal sealed record ModuleReach(IReadOnlySet<(string Assembly, string Type)> Types, IReadOnlySet<string> Assemblies)
{
    /// <summary>Finds it. Pure.</summary>
    /// <param name="assemblies">The assemblies; of those with uses types are told apart.</param>
    /// <param name="project">The assembly that the application begins in.</param>
    /// <param name="present">The assemblies that the image has something of; through others nothing is reached.</param>
    /// <param name="without">The properties of the modules that are off, or taken for off.</param>
    public static ModuleReach Find(
        IReadOnlyDictionary<string, AssemblyReferences> assemblies, string project, IReadOnlySet<string> present, IReadOnlySet<string> without)
    {
        HashSet<(string Assembly, string Type)> types = [];
        HashSet<string> others = [];
        Queue<string> toFollow = new();
        Queue<(string Assembly, string Type)> toVisit = new();
        ILookup<(string, string), CodeUse> uses = assemblies.Values
            .SelectMany(a => (a.Uses ?? []).Select(u => (Key: (a.Name, u.User), Use: u)))
            .ToLookup(u => u.Key, u => u.Use);
        if (assemblies.GetValueOrDefault(project)?.Entry is string entry)
        {
            types.Add((project, entry));
            toVisit.Enqueue((project, entry));
        }

        while (toVisit.TryDequeue(out (string, string) at))
        {
            foreach (CodeUse use in uses[at].Where(u => u.Module is null || !without.Contains(u.Module)))
            {
                if (assemblies.GetValueOrDefault(use.Assembly)?.Uses is null)
                {
                    Follow(use.Assembly);
                }
                else if (types.Add((use.Assembly, use.Used)))
                {
                    toVisit.Enqueue((use.Assembly, use.Used));
                }
            }
        }

        while (toFollow.TryDequeue(out string? assembly))
        {
            foreach (string reference in assemblies.GetValueOrDefault(assembly)?.References ?? [])
            {
                Follow(reference);
            }
        }

        return new ModuleReach(types, others);

        void Follow(string assembly)
        {
            if ((present.Contains(assembly) || assemblies.GetValueOrDefault(assembly) is { IsFacade: true }) && others.Add(assembly))
            {
                toFollow.Enqueue(assembly);
            }
        }
    }
}
